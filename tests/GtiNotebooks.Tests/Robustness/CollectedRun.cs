using System.Globalization;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Grounding, fine-tuning, beam search, an RQ-VAE and diagnostics, beside a thread that collects without pause.</summary>
internal static class CollectedRun
{
    public const string Verb = "collected-run";

    /// <summary>Says which results are not those of the quiet run, bit by bit.</summary>
    public static void Print(int rounds)
    {
        var quiet = Results();
        using var collections = new Collections();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (expected, found) in quiet.Zip(Results()).Where(pair => pair.First != pair.Second))
                Console.WriteLine($"{expected}\nbecame\n{found}");
        }
    }

    private static string[] Results()
    {
        var (losses, scores, items, weights) = ThreadedRun.Make(5);
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var vectors = randn(96, 24, generator: generator);
        using var fit = new RqVaeOptions
        {
            Levels = 2, CodebookSize = 8, HiddenWidths = [32], CodeWidth = 8, BatchSize = 32, Epochs = 12, AutoencoderEpochs = 2, EvaluateEvery = 4, CodebookUpdate = CodebookUpdate.Gradient,
        }.Learn(vectors);
        var geometry = GeometryReport.Measure(vectors);
        var map = PlanarMap.PrincipalComponents(vectors);
        return
        [
            Text(losses), Text(scores), string.Join(' ', items), weights,
            Text(fit.Errors), string.Join(' ', fit.Codes.SelectMany(codes => codes)), Text([fit.Reconstruction]),
            Text(geometry.SingularValuesCentred), Text([geometry.MeanCosine, geometry.EffectiveRankRaw]), Text(map.Points.SelectMany(point => new[] { point.X, point.Y })),
        ];
    }

    private static string Text(IEnumerable<double> values) => string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>One thread collects without pause, another makes scalars, so that memory just freed is soon given out again.</summary>
    private sealed class Collections : IDisposable
    {
        private readonly Thread[] threads;
        private volatile bool stopped;

        public Collections()
        {
            threads = [new Thread(Collect), new Thread(MakeScalars)];
            foreach (var thread in threads)
                thread.Start();
        }

        public void Dispose()
        {
            stopped = true;
            foreach (var thread in threads)
                thread.Join();
        }

        private void Collect()
        {
            while (!stopped)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        }

        private void MakeScalars()
        {
            while (!stopped)
            {
                for (var i = 0; i < 50; i++)
                    777.0.ToScalar().Dispose();
                Thread.Yield();
            }
        }
    }
}
