namespace GtiNotebooks.Training;

/// <summary>How the learning rate runs after the warmup: a pure function of the step number, so that a run can start again anywhere.</summary>
public abstract record RateSchedule
{
    private RateSchedule()
    {
    }

    /// <summary>Half a period of a cosine from the peak to the final rate (Loshchilov and Hutter, SGDR, ICLR 2017, without restarts).</summary>
    public static RateSchedule Cosine { get; } = new CosineSchedule();

    /// <summary>A straight line from the peak to the final rate.</summary>
    public static RateSchedule Linear { get; } = new LinearSchedule();

    /// <summary>The peak to the end. The trunk of <see cref="DecayBranch"/>.</summary>
    public static RateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>
    /// The peak until shortly before the end, then down to the final rate as one minus a square root (Hagele et al., Scaling Laws and Compute-Optimal
    /// Training Beyond Fixed Training Durations, arXiv 2405.18392). Where it stays at the peak it does not depend on the number of steps.
    /// </summary>
    /// <param name="decaySteps">Steps of the decay, the last of the run; positive, and no more than the steps after the warmup.</param>
    public static RateSchedule WarmupStableDecay(int decaySteps) => new WarmupStableDecaySchedule(decaySteps);

    /// <summary>Share of the peak rate.</summary>
    /// <param name="step">From 0, counted from the end of the warmup.</param>
    /// <param name="steps">Steps from the end of the warmup to the end of the run; 0 or less where the warmup takes all.</param>
    /// <param name="final">The share where the fall ends.</param>
    internal abstract double Share(int step, int steps, double final);

    /// <summary>Checks what the schedule asks of the options.</summary>
    /// <exception cref="ArgumentException">They do not fit; the message says what would.</exception>
    internal virtual void Validate(TrainingOptions options)
    {
    }

    private static double Progress(int step, int steps) => (double)step / Math.Max(1, steps);

    private sealed record CosineSchedule : RateSchedule
    {
        internal override double Share(int step, int steps, double final) =>
            final + (1 - final) * 0.5 * (1 + Math.Cos(Math.PI * Progress(step, steps)));
    }

    private sealed record LinearSchedule : RateSchedule
    {
        internal override double Share(int step, int steps, double final) => final + (1 - final) * (1 - Progress(step, steps));
    }

    private sealed record ConstantSchedule : RateSchedule
    {
        internal override double Share(int step, int steps, double final) => 1;
    }

    private sealed record WarmupStableDecaySchedule(int DecaySteps) : RateSchedule
    {
        internal override double Share(int step, int steps, double final)
        {
            var decayed = step - (steps - DecaySteps);
            return decayed <= 0 ? 1 : final + (1 - final) * (1 - Math.Sqrt(Progress(decayed, DecaySteps)));
        }

        internal override void Validate(TrainingOptions options)
        {
            if (DecaySteps < 1 || DecaySteps > options.Steps - options.WarmupSteps)
            {
                throw new ArgumentException(
                    $"{nameof(DecaySteps)} is {DecaySteps}; it must be from 1 to the {Math.Max(0, options.Steps - options.WarmupSteps)} steps after the warmup");
            }
        }
    }
}
