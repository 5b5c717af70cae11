using System.Text;
using GtiNotebooks.Data;

namespace GtiNotebooks.Text;

/// <summary>
/// A byte-level BPE tokenizer in the form of Hugging Face's <c>tokenizer.json</c> (GPT-2, Qwen2/3, Llama 3). Immutable and safe
/// to use from several threads. No begin or end tokens are added to what it encodes.
/// </summary>
public sealed class Tokenizer
{
    // Everything below this is its own composed form, so that plain Latin text skips normalisation.
    private const char LastAlwaysComposed = '\u02FF';
    private static readonly bool NormalisationWorks = "e\u0301".Normalize(NormalizationForm.FormC) == "\u00E9";

    private readonly BpeModel _model;
    private readonly PreTokenizer _preTokenizer;
    private readonly bool _composes;
    private readonly TokenizerParts _parts;
    private readonly Dictionary<string, AddedToken> _addedByContent;
    private readonly Dictionary<int, AddedToken> _addedById;
    private readonly AddedTokenMatcher _verbatim;
    private readonly AddedTokenMatcher _normalized;

    internal Tokenizer(BpeModel model, PreTokenizer preTokenizer, bool composes, IReadOnlyList<AddedToken> added, TokenizerParts parts)
    {
        (_model, _preTokenizer, _composes, _parts) = (model, preTokenizer, composes, parts);
        AddedTokens = added;
        _addedByContent = added.ToDictionary(t => t.Content, StringComparer.Ordinal);
        _addedById = added.ToDictionary(t => t.Id);
        // Without a normaliser both kinds see the same text, and the longest must win over both.
        _verbatim = new AddedTokenMatcher(added.Where(t => !composes || !t.Normalized));
        _normalized = new AddedTokenMatcher(added.Where(t => composes && t.Normalized));
        VocabularySize = Math.Max(model.Size, added.Count == 0 ? 0 : added.Max(t => t.Id) + 1);
    }

    /// <summary>Highest id + 1. Ids in between may be unused.</summary>
    public int VocabularySize { get; }

    /// <summary>The added tokens, in the order of the file, then as they were added.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; }

    internal BpeModel Model => _model;

    internal TokenizerParts Parts => _parts;

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <param name="tokenizerJson">Path of the file.</param>
    /// <exception cref="InvalidDataException">
    /// Not JSON, or a field that is missing, malformed or not supported; the message names file and field and what would be right.
    /// </exception>
    public static Tokenizer Load(string tokenizerJson)
    {
        using var stream = File.OpenRead(tokenizerJson);
        return Load(stream, tokenizerJson);
    }

    /// <summary>Reads a <c>tokenizer.json</c> from a stream.</summary>
    /// <param name="stream">UTF-8 JSON.</param>
    /// <param name="name">How messages call it.</param>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string)"/>.</exception>
    public static Tokenizer Load(Stream stream, string name) => TokenizerJsonReader.Read(stream, name);

    /// <summary>Writes a <c>tokenizer.json</c> that Hugging Face tokenizers loads; the file appears whole or not at all.</summary>
    /// <param name="path">Where to write it; the folder exists.</param>
    public void Save(string path) => AtomicFile.Write(path, stream => TokenizerJsonWriter.Write(this, stream));

    /// <summary>
    /// The ids of a text: added tokens are cut out first (leftmost, longest), the rest is normalised, cut into pieces and merged.
    /// Lone surrogates count as U+FFFD. A pattern of the file that takes seconds for one piece is an <see cref="InvalidDataException"/>.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">The tokenizer asks for NFC, the text needs it and .NET runs without ICU.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length / 3 + 4);
        ForEachSection(WellFormed(text), _verbatim, ids, section =>
            ForEachSection(Compose(section), _normalized, ids, inner => EncodeSection(inner, ids)));
        return [.. ids];
    }

    /// <summary>
    /// The text of ids: bytes joined and read as UTF-8 (a torn character becomes U+FFFD), added tokens as they are written.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An id that stands for no token (a padded row of a model's table, say).</exception>
    public string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var bytes = new MemoryStream();
        foreach (var id in ids) bytes.Write(BytesOf(id));
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>The id of a token: an added token by its text, any other as the vocabulary spells it (<c>Ġ</c> for a space).</summary>
    public bool TryGetId(string token, out int id)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (!_addedByContent.TryGetValue(token, out var added)) return _model.TryGetId(token, out id);
        id = added.Id;
        return true;
    }

    /// <summary>The id of a token, as <see cref="TryGetId"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such token.</exception>
    public int IdOf(string token) =>
        TryGetId(token, out var id) ? id : throw new KeyNotFoundException($"The tokenizer has no token '{token}'.");

    /// <summary>The token of an id as the vocabulary spells it; null when the id is unused.</summary>
    public string? TokenOf(int id) => _addedById.TryGetValue(id, out var added) ? added.Content : _model.TokenOf(id);

    /// <summary>
    /// A tokenizer that knows more tokens: the first gets the id <see cref="VocabularySize"/>, the next one more, and so on. They are
    /// neither special nor normalised.
    /// </summary>
    /// <exception cref="ArgumentException">A token is empty, named twice or known already.</exception>
    public Tokenizer WithAddedTokens(IEnumerable<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var added = new List<AddedToken>(AddedTokens);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in tokens)
        {
            if (string.IsNullOrEmpty(token)) throw new ArgumentException($"Token {names.Count} to add is empty.", nameof(tokens));
            if (!names.Add(token)) throw new ArgumentException($"The token '{token}' is to be added twice.", nameof(tokens));
            if (TryGetId(token, out var id)) throw new ArgumentException($"The token '{token}' is known already, as {id}.", nameof(tokens));
            added.Add(new AddedToken(VocabularySize + names.Count - 1, token, Special: false, Normalized: false));
        }
        return new Tokenizer(_model, _preTokenizer, _composes, added, _parts);
    }

    private byte[] BytesOf(int id)
    {
        if (_addedById.TryGetValue(id, out var added)) return Encoding.UTF8.GetBytes(added.Content);
        return _model.BytesOf(id) ?? throw new ArgumentOutOfRangeException(
            nameof(id), id, $"The id stands for no token; the tokenizer has {VocabularySize} ids.");
    }

    private static void ForEachSection(string text, AddedTokenMatcher matcher, List<int> ids, Action<string> encode)
    {
        var from = 0;
        while (matcher.TryFind(text, from, out var place, out var id))
        {
            if (place.Start > from) encode(text[from..place.Start]);
            ids.Add(id);
            from = place.Start + place.Length;
        }
        if (from < text.Length) encode(from == 0 ? text : text[from..]);
    }

    private void EncodeSection(string section, List<int> ids)
    {
        if (_preTokenizer.AddPrefixSpace && section[0] != ' ') section = " " + section;
        foreach (var piece in _preTokenizer.Split(section)) _model.Encode(section.AsSpan(piece.Start, piece.Length), ids);
    }

    private string Compose(string text)
    {
        if (!_composes || text.AsSpan().IndexOfAnyExceptInRange('\0', LastAlwaysComposed) < 0) return text;
        return NormalisationWorks
            ? text.Normalize(NormalizationForm.FormC)
            : throw new PlatformNotSupportedException(
                "The tokenizer normalises text to NFC, which .NET cannot do in globalization-invariant mode: install libicu and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
    }

    // Normalisation and UTF-8 both reject half of a surrogate pair.
    private static string WellFormed(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0
        ? text
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
