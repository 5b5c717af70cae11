using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GtiNotebooks.Data;

namespace GtiNotebooks.Studies;

/// <summary>
/// What makes a run this run and no other. Two runs with equal keys have the same result (up to the machine's arithmetic), so a run whose
/// record is there need not be done again.
/// </summary>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="SettingHash">SHA-256 over the options, the data files' hashes and the model's, 64 lower-case hex digits.</param>
public sealed partial record StudyKey(string Dataset, string Method, int Seed, string SettingHash)
{
    /// <summary>The key of a run that is described but not necessarily done.</summary>
    /// <param name="datasetName">Name of the data set; not empty.</param>
    /// <param name="dataFiles">All files that the run reads; their order does not matter.</param>
    /// <param name="model">The model that the run starts from; null for an anchor.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="method">Name of the method: letters, digits, '+', '-', '_' and '.'.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ArgumentException">A name is empty, or the method's has other characters.</exception>
    public static StudyKey Of(
        string datasetName, IReadOnlyList<DataFile> dataFiles, StudyModel? model, StudyOptions options, string method, int seed)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(datasetName);
        ArgumentNullException.ThrowIfNull(dataFiles);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        if (UnsafeInFileNames().IsMatch(method))
        {
            throw new ArgumentException($"Method '{method}' may have letters, digits, '+', '-', '_' and '.' only: it is part of a file name.", nameof(method));
        }
        return new StudyKey(datasetName, method, seed, Hash(datasetName, dataFiles, model, options));
    }

    /// <summary>Name of the run's record: <c>{dataset}-{method}-seed{seed}-{first 8 digits of the hash}.json</c>.</summary>
    public string FileName =>
        FormattableString.Invariant($"{UnsafeInFileNames().Replace(Dataset, "_")}-{Method}-seed{Seed}-{SettingHash[..8]}.json");

    /// <summary>The finished run of this key in a folder, or null when it is not there. A file that is there but cannot be read is an error.</summary>
    /// <param name="folder">The folder of the records; it may be missing.</param>
    /// <exception cref="InvalidDataException">The file is not a valid record, or is the record of another run.</exception>
    public StudyRecord? FindIn(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }
        var record = StudyRecord.Load(path);
        return record.Key == this
            ? record
            : throw new InvalidDataException($"{path}: the record of another run ({record.Key}); move it away and start again.");
    }

    private static string Hash(string datasetName, IReadOnlyList<DataFile> dataFiles, StudyModel? model, StudyOptions options)
    {
        var text = new StringBuilder();
        text.Append(StudyRecord.CurrentSchema).Append('\n').Append(datasetName).Append('\n');
        foreach (var file in dataFiles.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            text.Append(file.Name).Append(' ').Append(file.Sha256).Append('\n');
        }
        text.Append(model?.Sha256 ?? "no model").Append('\n').Append(JsonSerializer.Serialize(options, StudyJson.Options));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    [GeneratedRegex("[^A-Za-z0-9+._-]")]
    private static partial Regex UnsafeInFileNames();
}
