using GtiNotebooks.Training;

namespace GtiNotebooks.Host.LanguageModels;

/// <summary>
/// Short trainings around a base, one setting moved at a time: learning rate, vocabulary, then width and depth. Finished trials are
/// kept beside the model and not run again, so a sweep can be broken off.
/// </summary>
public static class PretrainingSweep
{
    /// <summary>The settings that are tried.</summary>
    /// <param name="start">Seed, device and everything that no trial moves.</param>
    /// <param name="steps">Steps of a trial.</param>
    public static IReadOnlyList<PretrainingOptions> Candidates(PretrainingOptions start, int steps)
    {
        PretrainingOptions Trial(int vocabulary, int width, int layers, double rate) => start with
        {
            VocabularySize = vocabulary, HiddenSize = width, Layers = layers,
            Training = start.Training with { Steps = steps, LearningRate = rate, WarmupSteps = Math.Min(start.Training.WarmupSteps, steps / 8) },
        };

        return
        [
            Trial(6144, 128, 4, 4e-3), Trial(6144, 128, 4, 2e-3), Trial(6144, 128, 4, 8e-3),
            Trial(4096, 128, 4, 4e-3), Trial(8192, 128, 4, 4e-3),
            Trial(6144, 128, 2, 4e-3), Trial(6144, 128, 6, 4e-3), Trial(6144, 96, 6, 4e-3), Trial(6144, 192, 2, 4e-3),
        ];
    }

    /// <summary>Runs the candidates that the folder's sweep does not have, and writes the sweep after each.</summary>
    /// <param name="files">Where the trials are kept.</param>
    /// <param name="sources">The texts.</param>
    /// <param name="candidates">What to try.</param>
    /// <param name="finished">Told of every trial, the old ones too.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops before the next step; the trial under way is lost.</param>
    /// <exception cref="IOException">The folder holds no model.</exception>
    public static void Run(
        ModelFiles files, IReadOnlyList<PretrainingText> sources, IEnumerable<PretrainingOptions> candidates, Action<PretrainingTrial> finished,
        IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        files.RequireModel();
        var trials = files.Sweep.ToList();
        foreach (var options in candidates)
        {
            var trial = trials.Find(known => known.IsOf(options));
            if (trial is null)
            {
                trial = Try(sources, options, progress, cancellation);
                trials.Add(trial);
                files.Write(trials);
            }

            finished(trial);
        }
    }

    private static PretrainingTrial Try(
        IReadOnlyList<PretrainingText> sources, PretrainingOptions options, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        var (pretrained, result, _) = Pretraining.Run(sources, options, progress, cancellation);
        using (pretrained)
        {
            var heldOut = HeldOutTexts.Measure(pretrained, sources);
            return new PretrainingTrial(
                pretrained.Tokenizer.VocabularySize, options.HiddenSize, options.Layers, options.Training.LearningRate, options.Training.Steps, options.Seed,
                pretrained.Model.parameters().Sum(parameter => parameter.numel()), Math.Round(result.Seconds), heldOut.BySource, heldOut.Mean);
        }
    }
}
