using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GtiNotebooks.Data;

namespace GtiNotebooks.Host.LanguageModels;

/// <summary>The records beside a model's weights, from which its card is written: how it was made, the sweep before it, domain warm-up.</summary>
/// <param name="folder">Folder of the model.</param>
public sealed class ModelFiles(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>How the model was made; null where it was not made here.</summary>
    public PretrainingRecord? Pretraining => Read<PretrainingRecord>("pretraining.json");

    /// <summary>The trials before it.</summary>
    public IReadOnlyList<PretrainingTrial> Sweep => Read<PretrainingTrial[]>(SweepFile) ?? [];

    /// <summary>What domain warm-up adds to it.</summary>
    public IReadOnlyList<CatalogueWarmup> Warmups => Read<CatalogueWarmup[]>("warmup.json") ?? [];

    private const string SweepFile = "sweep.json";
    private const long MostBytes = 1L << 24;

    /// <summary>Writes how the model was made.</summary>
    /// <param name="record">The record.</param>
    public void Write(PretrainingRecord record) => Write("pretraining.json", record);

    /// <summary>Writes the trials.</summary>
    /// <param name="trials">All of them.</param>
    public void Write(IReadOnlyList<PretrainingTrial> trials) => Write(SweepFile, trials);

    /// <summary>Writes what domain warm-up adds.</summary>
    /// <param name="warmups">A measurement a catalogue.</param>
    public void Write(IReadOnlyList<CatalogueWarmup> warmups) => Write("warmup.json", warmups);

    /// <summary>Makes sure that the records have a model to stand beside.</summary>
    /// <exception cref="IOException">The folder holds none.</exception>
    public void RequireModel()
    {
        if (!File.Exists(Path.Combine(folder, "config.json")))
            throw new IOException($"{folder} holds no model for the sweep to be kept beside; make one first: './gti pretrain --steps 1 --out {folder}'");
    }

    /// <summary>Writes the card anew from the records.</summary>
    /// <exception cref="FileNotFoundException">The folder has no <c>pretraining.json</c>.</exception>
    public void WriteCard() => AtomicFile.WriteAllText(Path.Combine(folder, "README.md"), ModelCard.Text(
        Pretraining ?? throw new FileNotFoundException($"{folder}: pretraining.json is missing; './gti pretrain' writes it with the model"), Sweep, Warmups));

    private void Write<T>(string name, T record)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(record, Json) + "\n");
    }

    private T? Read<T>(string name)
        where T : class
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            return null;
        try
        {
            var length = new FileInfo(path).Length;
            return length <= MostBytes
                ? JsonSerializer.Deserialize<T>(File.ReadAllText(path), Json)
                : throw new InvalidDataException(FormattableString.Invariant($"{path}: has {length:N0} bytes; these records are read up to {MostBytes:N0}"));
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path}, line {problem.LineNumber + 1}: not what 'gti pretrain' writes ({problem.Message}); delete it and run that again", problem);
        }
    }
}
