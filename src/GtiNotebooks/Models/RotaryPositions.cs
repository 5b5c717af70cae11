using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Rotary position embedding (Su et al., 2021) in the half-split layout of Hugging Face's Llama and Qwen code:
/// dimension <c>i</c> is turned together with <c>i + width/2</c> by the angle <c>position * theta^(-2i/width)</c>, the frequency slowed
/// where the model says so (<see cref="Llama3RopeScaling"/>).
/// </summary>
/// <param name="Cosine">
/// <c>[time, width]</c>, or <c>[1, width]</c> where all tokens stand at one position, or <c>[batch, 1, time, width]</c> where rows differ.
/// </param>
/// <param name="Sine">Same shape.</param>
internal sealed record RotaryPositions(Tensor Cosine, Tensor Sine) : IDisposable
{
    private Tensor? signedSine;

    private Tensor SignedSine
    {
        get
        {
            var half = Sine.shape[^1] / 2;
            return signedSine ??= cat(new[] { Sine.narrow(-1, 0, half).neg(), Sine.narrow(-1, half, half) }, -1).MoveToOuterDisposeScope();
        }
    }

    /// <summary>
    /// The angles of <paramref name="count"/> positions from <paramref name="start"/> on; a row with padding to its left counts from behind it.
    /// </summary>
    public static RotaryPositions At(long start, long count, ModelConfig config, ScalarType dtype, Device device, Tensor? padding = null)
    {
        using var scope = NewDisposeScope();
        var half = config.HeadWidth / 2;
        var inverse = Scalars.Range(0, half, float64, device).Times(-2.0 * Math.Log(config.RopeTheta) / config.HeadWidth).exp();
        if (config.RopeScaling is { } scaling)
            inverse = scaling.Apply(inverse);
        var position = Scalars.Range(start, start + count, float64, device);
        if (padding is not null)
            position = (position - padding.view(-1, 1, 1)).clamp_min(Scalars.Zero);
        var angle = position.unsqueeze(-1) * inverse;
        var both = cat(new[] { angle, angle }, -1);
        return new RotaryPositions(
            both.cos().to(dtype).MoveToOuterDisposeScope(),
            both.sin().to(dtype).MoveToOuterDisposeScope());
    }

    /// <summary>Those of some of the tokens, <c>[batch, 1, most, width]</c>.</summary>
    public RotaryPositions Of(OutputTokens outputs) => new(outputs.ChooseRows(Cosine), outputs.ChooseRows(Sine));

    /// <summary>Turns heads to their positions.</summary>
    /// <param name="heads"><c>[batch, heads, time, width]</c>.</param>
    public Tensor Apply(Tensor heads)
    {
        var half = heads.shape[3] / 2;
        // The halves change places, and the sign goes with the sine, which is small: two passes over the heads less, there and back.
        var turned = cat(new[] { heads.narrow(3, half, half), heads.narrow(3, 0, half) }, 3);
        return (heads * Cosine).addcmul(turned, SignedSine, Scalars.One);
    }

    public void Dispose()
    {
        Cosine.Dispose();
        Sine.Dispose();
        signedSine?.Dispose();
    }
}
