using System.Diagnostics;
using GtiNotebooks.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Bench;

/// <summary>What one diagnostic took.</summary>
/// <param name="Name">What it was.</param>
/// <param name="Rows">How many rows it looked at.</param>
/// <param name="Seconds">By the clock.</param>
/// <param name="CpuSeconds">Of processor time.</param>
internal sealed record DiagnosticsStage(string Name, int Rows, double Seconds, double CpuSeconds);

/// <summary>The diagnostics of one table, one after the other in this process, each once and nothing warmed up: as one who looks at a checkpoint has them.</summary>
/// <param name="sizes">The table.</param>
/// <param name="output">Where each line goes when it is known.</param>
internal sealed class DiagnosticsStudy(DiagnosticsSizes sizes, TextWriter output)
{
    private readonly List<DiagnosticsStage> stages = [];

    /// <summary>Makes the table, which is not timed, and measures.</summary>
    public IReadOnlyList<DiagnosticsStage> Run()
    {
        using var scope = NewDisposeScope();
        var (table, codebooks, tokens) = (sizes.Table(), sizes.Codebooks(), sizes.Tokens());
        Stage("spectrum, raw", sizes.Rows, () => Spectrum.Raw(table));
        Stage("spectrum, centred", sizes.Rows, () => Spectrum.Centred(table));
        Stage("mean cosine", sizes.Rows, () => CosineStructure.MeanOffDiagonal(table));
        Stage("cosines within and between levels", sizes.Rows, () => LevelCosine.Measure(table, tokens));
        Stage("isotropy", sizes.Rows, () => PartitionIsotropy.Of(table));
        Stage("RSA, 999 permutations", Drawn(new RsaTestOptions().MostRows), () => RsaTest.Measure(table, tokens, codebooks));
        Stage("map, principal components", Drawn(new MapOptions().MostRows), () => PlanarMap.PrincipalComponents(table));
        Stage("map, t-SNE", Drawn(new TsneOptions().MostRows), () => PlanarMap.Tsne(table));
        return stages;
    }

    private int Drawn(int most) => Math.Min(sizes.Rows, most);

    private void Stage(string name, int rows, Action measure)
    {
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        measure();
        stages.Add(new DiagnosticsStage(name, rows, Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds));
        output.WriteLine(DiagnosticsRecord.Row(stages[^1]));
    }
}
