using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GtiNotebooks.Bench;

/// <summary>What one process measured of one task; one line of JSON, the same from bench/torch_bench.py.</summary>
/// <param name="Task">Name of the task.</param>
/// <param name="Unit">What <paramref name="Rate"/> counts.</param>
/// <param name="Rate">By the clock.</param>
/// <param name="Seconds">Clock time of what was counted.</param>
/// <param name="CpuSeconds">Processor time of the same: on a machine with other work the better measure.</param>
internal sealed record Measurement(string Task, string Unit, double Rate, double Seconds, double CpuSeconds)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Loss of the first step, nats; null where a task has none.</summary>
    public double? LossFirst { get; init; }

    /// <summary>Loss of the last step, nats; null where a task has none.</summary>
    public double? LossLast { get; init; }

    /// <summary>Mean log-probability of the best ID found, nats; of the search alone.</summary>
    public double? BestScoreMean { get; init; }

    /// <summary>The most memory that the process ever held, bytes.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Memory of what was made; null where that was not looked at.</summary>
    public MemoryUse? Memory { get; init; }

    /// <summary>Floating-point operations of the matrix products that the work needs, done in a second of processor time; ours only.</summary>
    public double? NeededOperationsPerSecond { get; init; }

    /// <summary>The same where large matrices are multiplied and nothing else is done; ours only.</summary>
    public double? GemmOperationsPerSecond { get; init; }

    /// <summary>What computed: names and versions.</summary>
    public string Versions { get; init; } = "";

    /// <summary>How many of the unit a second of processor time does.</summary>
    [JsonIgnore]
    public double CpuRate => Rate * Seconds / CpuSeconds;

    /// <summary>Of the time, the share in which the needed matrix products alone would be done; null where it is not known.</summary>
    [JsonIgnore]
    public double? GemmShare => NeededOperationsPerSecond / GemmOperationsPerSecond;

    /// <summary>The most memory that this process has held so far, bytes.</summary>
    public static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>One line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads a line.</summary>
    /// <param name="line">What a process printed.</param>
    /// <exception cref="InvalidDataException">It is no such line.</exception>
    public static Measurement Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Measurement>(line, Json) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"a measurement is one line of JSON; got '{line}' ({e.Message})", e);
        }
    }
}
