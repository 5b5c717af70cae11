using System.Text.Json;
using System.Text.Json.Serialization;
using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Training;

namespace GtiNotebooks.Studies;

/// <summary>One finished run: a method on a data set with one seed, with all that is needed to repeat it and to draw every table and chart.</summary>
public sealed record StudyRecord
{
    /// <summary>Version of the JSON form that this library writes and reads.</summary>
    public const int CurrentSchema = 3;

    /// <summary>Version of the JSON form.</summary>
    [JsonPropertyOrder(-1)]
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Name of the method, such as "mean", "random" or "gti".</summary>
    public required string Method { get; init; }

    /// <summary>Seed of everything random in the run.</summary>
    public required int Seed { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string DatasetName { get; init; }

    /// <summary>The files that the run read, with their hashes.</summary>
    public required IReadOnlyList<DataFile> DataFiles { get; init; }

    /// <summary>The language model that the run started from; null for an anchor.</summary>
    public required StudyModel? Model { get; init; }

    /// <summary>The options.</summary>
    public required StudyOptions Options { get; init; }

    /// <summary>Versions of the library, the runtime and LibTorch, the processor and so on: name to text.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>How many different next-item pairs training could draw from.</summary>
    public required long TrainingPairs { get; init; }

    /// <summary>How many test rows were evaluated.</summary>
    public required int TestRows { get; init; }

    /// <summary>What the test rows are like.</summary>
    public required TestRowFacts RowFacts { get; init; }

    /// <summary>Which test rows have a target that is in no training event, ascending; null, and left out of the JSON form, in records from before there was this field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? UnseenTargetRows { get; init; }

    /// <summary>How the run's setting was chosen on validation rows; null where there was nothing to choose.</summary>
    public required Selection? Selection { get; init; }

    /// <summary>NDCG@10 on the rows of early stopping while the model was fine-tuned with the chosen setting; null, and left out of the JSON form, without
    /// early stopping.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ValidationScore>? ValidationCurve { get; init; }

    /// <summary>What each stage cost, in the order in which the stages ran.</summary>
    public required IReadOnlyList<StageCost> Costs { get; init; }

    /// <summary>The metrics, with item-level credit for shared IDs: what <see cref="RankingMetrics"/> says of <see cref="Ranks"/>.</summary>
    public required IReadOnlyList<MetricValue> Metrics { get; init; }

    /// <summary>How much of the catalogue the first items of the lists are, and how well known.</summary>
    public required CatalogueUse CatalogueUse { get; init; }

    /// <summary>Geometry of the new rows after initialisation, and grounding where the method has it, before fine-tuning; null for an anchor.</summary>
    public required GeometryReport? GeometryAtStart { get; init; }

    /// <summary>Geometry of the new rows after fine-tuning; null for an anchor.</summary>
    public required GeometryReport? GeometryAfterSft { get; init; }

    /// <summary>When the run was finished.</summary>
    public required DateTimeOffset FinishedUtc { get; init; }

    /// <summary>Index of the user of each test row, so that users (not rows, several of which one user may have) can be resampled.</summary>
    public required IReadOnlyList<int> TestUsers { get; init; }

    /// <summary>Where each test row's target came out.</summary>
    [JsonConverter(typeof(RankedTargetsConverter))]
    public required IReadOnlyList<RankedTarget> Ranks { get; init; }

    /// <summary>Rank of each target's ID among the IDs retrieved, as peers count by string match (<see cref="StringMatch"/>), 0 = not there; null for
    /// an anchor, which has no IDs.</summary>
    public required IReadOnlyList<int>? IdRanks { get; init; }

    /// <summary>What makes this run this run.</summary>
    [JsonIgnore]
    public StudyKey Key => StudyKey.Of(DatasetName, DataFiles, Model, Options, Method, Seed);

    /// <summary>The name that this record's file has.</summary>
    [JsonIgnore]
    public string FileName => Key.FileName;

    /// <summary>Writes the record as indented JSON, whole or not at all.</summary>
    /// <param name="path">The file to write.</param>
    /// <exception cref="InvalidOperationException">The record contradicts itself (counts, or metrics that its ranks do not give).</exception>
    public void Save(string path)
    {
        if (StudyRecordCheck.FindProblem(this) is { } problem)
        {
            throw new InvalidOperationException($"This record must not be saved: {problem}");
        }
        AtomicFile.WriteAllText(path, JsonSerializer.Serialize(this, StudyJson.Options) + "\n");
    }

    /// <summary>Reads a record and checks it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a record of this version, lacks a field, has a field with a wrong value, or
    /// contradicts itself. The message names the file and the field.</exception>
    public static StudyRecord Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return StudyRecordReader.Read(path);
    }

    /// <summary>Reads all records of a folder (its <c>*.json</c> files), in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A file is not a valid record.</exception>
    public static IReadOnlyList<StudyRecord> LoadFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such folder. It should hold study records (*.json).");
        }
        return [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Load)];
    }
}
