using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.Training;

/// <summary>What a checkpoint says beside its tensors.</summary>
/// <param name="Schema">Version of the format.</param>
/// <param name="Run">Whose checkpoint it is.</param>
/// <param name="Step">Steps done; positive.</param>
/// <param name="Seconds">Time the run had taken.</param>
/// <param name="LastBatch">Fingerprint of the last step's examples.</param>
/// <param name="OptimizerSteps">How often AdamW changed each trained parameter.</param>
/// <param name="Validations">All measurements.</param>
/// <param name="Generators">States of generators, base 64.</param>
internal sealed record CheckpointNotes(
    int Schema, RunIdentity Run, int Step, double Seconds, string LastBatch, IReadOnlyDictionary<string, long> OptimizerSteps,
    IReadOnlyList<ValidationScore> Validations, IReadOnlyDictionary<string, string> Generators)
{
    public const int CurrentSchema = 1;

    private const string Key = "training";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>As a note for the header of the file.</summary>
    public KeyValuePair<string, string> ToNote() => new(Key, JsonSerializer.Serialize(this, Json));

    /// <summary>Reads the note.</summary>
    /// <exception cref="InvalidDataException">It is missing, damaged or of another version.</exception>
    public static CheckpointNotes Parse(string path, IReadOnlyDictionary<string, string> notes)
    {
        if (!notes.TryGetValue(Key, out var text))
            throw FileProblem.In(path, $"has no note '{Key}' in its header; not a checkpoint of a training?");
        try
        {
            var read = JsonSerializer.Deserialize<CheckpointNotes>(text, Json) ?? throw new JsonException("it is null");
            if (read.Schema != CurrentSchema)
                throw FileProblem.In(path, $"is a checkpoint of format {read.Schema}; this version reads format {CurrentSchema}");
            read.Validate();
            return read;
        }
        catch (JsonException e)
        {
            throw FileProblem.In(path, $"the note '{Key}' in its header is damaged: {e.Message}");
        }
    }

    // What the serialiser lets pass: it knows no ranges, and looks at no elements for null.
    private void Validate()
    {
        Require(Step >= 1, "step", "at least 1");
        Require(Seconds >= 0 && Seconds < TimeSpan.MaxValue.TotalSeconds, "seconds", "a time a training can take");
        Require(OptimizerSteps.Values.All(steps => steps >= 0 && steps <= Step), "optimizerSteps", $"0 to {Step} for each parameter");
        Require(Generators.Values.All(state => state is not null), "generators", "the state of each");
        Require(Run.Settings.Values.All(value => value is not null), "run.settings", "text for each");
        Require(Run.Parameters.Values.All(mark => mark is not null), "run.parameters", "kind and hash of each");
        Require(Validations.All(v => v is not null && v.Step >= 1 && v.Step <= Step && double.IsFinite(v.Score)), "validations", $"a step of 1 to {Step} and a score each");
        Require(Validations.Zip(Validations.Skip(1)).All(pair => pair.First.Step < pair.Second.Step), "validations", "one a step, in their order");
    }

    private static void Require(bool holds, string field, string wanted)
    {
        if (!holds)
            throw new JsonException($"\"{field}\" should be {wanted}");
    }
}
