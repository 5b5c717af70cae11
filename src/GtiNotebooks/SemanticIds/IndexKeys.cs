namespace GtiNotebooks.SemanticIds;

/// <summary>What the keys of a <c>*.index.json</c> file stand for.</summary>
public enum IndexKeys
{
    /// <summary>The items' ids in the catalogue.</summary>
    ItemIds,

    /// <summary>The items' places in the catalogue, from 0: published files number their items, and a catalogue may know them by other names.</summary>
    ItemNumbers,
}
