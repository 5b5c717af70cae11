using System.Text.Json;
using System.Text.Json.Serialization;
using GtiNotebooks.Data;

namespace GtiNotebooks.Training;

/// <summary>
/// Progress as JSON, one line a report, added to a file. Each line is handed to the operating system at once: a run that is killed loses none but the
/// one it was writing, and the next one removes what is left of that. Two logs must not write one file.
/// </summary>
public sealed class ProgressLog : IProgress<TrainingProgress>, IDisposable
{
    private const byte LineEnd = (byte)'\n';

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly FileStream stream;

    /// <summary>Opens a log to add to.</summary>
    /// <param name="path">The file; it and its folder are made when they are missing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public ProgressLog(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        CutTornLine();
        stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Adds a line.</summary>
    /// <param name="value">Where training stands.</param>
    public void Report(TrainingProgress value)
    {
        stream.Write([.. JsonSerializer.SerializeToUtf8Bytes(Line.Of(value), Json), LineEnd]);
        stream.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();

    /// <summary>
    /// Reads a log, also one that is still written. A run that went on from a checkpoint repeats the steps after it: a report replaces those of
    /// its stage, from its step on, that stand before it.
    /// </summary>
    /// <param name="path">The file. A last line without its end is left out: it was torn, or is being written.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A whole line is no report; the message names it.</exception>
    public static IReadOnlyList<TrainingProgress> Read(string path)
    {
        FileProblem.RequireFile(path, "one JSON object a line, as a training reports");
        var text = ReadBytes(path);
        var reports = new List<TrainingProgress>();
        for (var (line, end) = (1, text.IndexOf(LineEnd)); end >= 0; (line, end) = (line + 1, text.IndexOf(LineEnd)))
        {
            var report = Parse(text[..end], path, line);
            text = text[(end + 1)..];
            while (reports.Count > 0 && reports[^1].Stage == report.Stage && reports[^1].Step >= report.Step)
                reports.RemoveAt(reports.Count - 1);
            reports.Add(report);
        }

        return reports;
    }

    private static ReadOnlySpan<byte> ReadBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        JsonText.RequireSize(file, path);
        var bytes = new byte[file.Length];
        return bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    private static TrainingProgress Parse(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            return (JsonSerializer.Deserialize<Line>(line, Json) ?? throw new JsonException("null")).ToProgress();
        }
        catch (JsonException e)
        {
            throw FileProblem.At(path, number, $"not a report of a training (at byte {e.BytePositionInLine}); expected stage, step, steps, loss, ...");
        }
        catch (Exception e) when (e is OverflowException or ArgumentException)
        {
            throw FileProblem.At(path, number, $"not a report of a training: a time is no number of seconds ({e.Message})");
        }
    }

    private void CutTornLine()
    {
        var end = stream.Length;
        while (end > 0)
        {
            stream.Position = end - 1;
            if (stream.ReadByte() == LineEnd)
                break;
            end--;
        }

        stream.SetLength(end);
    }

    /// <summary>A report as it stands in the file; times in seconds.</summary>
    private sealed record Line(
        string Stage, int Step, int Steps, double Loss, double LearningRate, double ElapsedSeconds, double RemainingSeconds)
    {
        public double? ValidationScore { get; init; }

        public static Line Of(TrainingProgress value) => new(
            value.Stage, value.Step, value.Steps, value.Loss, value.LearningRate, value.Elapsed.TotalSeconds, value.Remaining.TotalSeconds)
        {
            ValidationScore = value.ValidationScore,
        };

        public TrainingProgress ToProgress() => new(
            Stage, Step, Steps, Loss, LearningRate, TimeSpan.FromSeconds(ElapsedSeconds), TimeSpan.FromSeconds(RemainingSeconds))
        {
            ValidationScore = ValidationScore,
        };
    }
}
