namespace GtiNotebooks.Bench;

/// <summary>One of the things that are timed.</summary>
/// <param name="Name">Its name, here and in bench/torch_bench.py.</param>
/// <param name="Unit">What its rate counts.</param>
/// <param name="Steps">Steps, queries or epochs that are timed unless others are asked for; one more comes first and warms up.</param>
/// <param name="NeededOperations">
/// Floating-point operations of matrix products that one of the unit needs, of that many steps; null where nothing is multiplied.
/// </param>
/// <param name="Run">Does so many and measures.</param>
internal sealed record Workload(string Name, string Unit, int Steps, Func<int, double>? NeededOperations, Func<int, Timed> Run)
{
    private const int Million = 1_000_000;

    /// <summary>Those that bench/torch_bench.py has too, in the order in which they are told.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("grounding", "examples/s", 16, Operations.Grounding, GroundingWorkload.Cycling),
        new("grounding-fresh", "examples/s", 8, _ => Operations.GroundingFresh(), GroundingWorkload.Fresh),
        new("sft", "examples/s", 16, _ => Operations.FineTuning(), FineTuningWorkload.Run),
        new("beam", "queries/s", 16, _ => Operations.Search(), SearchWorkload.Run),
        new("rqvae", "epochs/s", 10, _ => Operations.RqVae(), RqVaeWorkload.Run),
    ];

    /// <summary>Those that stand alone.</summary>
    public static IReadOnlyList<Workload> Readers { get; } =
    [
        new("interactions", "interactions/s", 1, null, steps => ReaderWorkloads.Interactions(steps, Million)),
        new("import", "interactions/s", 1, null, steps => ReaderWorkloads.Import(steps, Million)),
        new("tokenizer", "MB/s", 1, null, steps => ReaderWorkloads.Tokenizer(steps, 8 * Million)),
        new("tokenizer-new-words", "MB/s", 1, null, steps => ReaderWorkloads.TokenizerOfNewWords(steps, 2 * Million)),
        new("trie", "IDs/s", 1, null, steps => ReaderWorkloads.Trie(steps, Million)),
    ];

    /// <summary>Finds one by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Workload Find(string name) => All.Concat(Readers).FirstOrDefault(workload => workload.Name == name)
        ?? throw new ArgumentException($"there is no task '{name}'; there are {string.Join(", ", All.Concat(Readers).Select(workload => workload.Name))}");

    /// <summary>Runs it, and then measures what the machine's matrix products do.</summary>
    /// <param name="steps">Timed steps; at least 1.</param>
    public Measurement Measure(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var timed = Run(steps);
        return new Measurement(Name, Unit, timed.Count / timed.Timer.Seconds, timed.Timer.Seconds, timed.Timer.CpuSeconds)
        {
            LossFirst = timed.Losses.Count > 0 ? timed.Losses[0] : null,
            LossLast = timed.Losses.Count > 0 ? timed.Losses[^1] : null,
            BestScoreMean = timed.BestScoreMean,
            PeakMemoryBytes = Measurement.PeakMemory(), // before the large matrices come
            NeededOperationsPerSecond = timed.Count * NeededOperations?.Invoke(steps) / timed.Timer.CpuSeconds,
            GemmOperationsPerSecond = NeededOperations is null ? null : Gemm.OperationsPerSecond(),
            Memory = timed.Memory,
            Versions = Versions.Here(),
        };
    }
}

/// <summary>What a workload did.</summary>
/// <param name="Count">How many of its unit were timed.</param>
/// <param name="Timer">How long they took.</param>
/// <param name="Losses">Of all steps, the first one too; empty where there are none.</param>
/// <param name="BestScoreMean">Mean log-probability of the best IDs found, nats; null where nothing is searched.</param>
internal sealed record Timed(double Count, StepTimer Timer, IReadOnlyList<double> Losses, double? BestScoreMean = null)
{
    /// <summary>Memory of what was made, where that was looked at; else null.</summary>
    public MemoryUse? Memory { get; init; }
}
