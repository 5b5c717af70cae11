using GtiNotebooks.Models;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// A residual-quantised autoencoder (Lee et al. 2022, arXiv 2203.01941; for items: TIGER, arXiv 2305.05065). An encoder makes a latent vector
/// of an item's vector, L codebooks describe it level by level (r_1 = z, c_l = argmin_k |r_l - q_k|, r_(l+1) = r_l - q_(c_l)), and a decoder
/// makes the item's vector again of the sum of the codes taken. Trained by <see cref="RqVaeTraining"/>.
/// </summary>
public sealed class RqVae : nn.Module<Tensor, Tensor>
{
    private readonly Mlp encoder, decoder;
    private readonly Parameter codebooks; // [levels, size, width]
    private readonly Tensor vector_mean, vector_scale;

    /// <summary>Makes a model whose weights are not set; see <see cref="InitialiseWeights"/>.</summary>
    /// <param name="vectorWidth">Width of the items' vectors; at least 1.</param>
    /// <param name="options">Widths, levels and codebook size.</param>
    /// <param name="device">Device of the weights; the CPU if left out.</param>
    public RqVae(int vectorWidth, RqVaeOptions options, Device? device = null)
        : base(nameof(RqVae))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vectorWidth, 1);
        ArgumentNullException.ThrowIfNull(options);
        (VectorWidth, Device) = (vectorWidth, device ?? CPU);
        int[] widths = [vectorWidth, .. options.HiddenWidths, options.CodeWidth];
        (encoder, decoder) = (new Mlp(widths, Device), new Mlp([.. widths.Reverse()], Device));
        codebooks = nn.Parameter(zeros(options.Levels, options.CodebookSize, options.CodeWidth, device: Device));
        (vector_mean, vector_scale) = (zeros(vectorWidth, device: Device), ones(1, device: Device));
        register_module(nameof(encoder), encoder);
        register_module(nameof(decoder), decoder);
        register_parameter(nameof(codebooks), codebooks);
        register_buffer(nameof(vector_mean), vector_mean);
        register_buffer(nameof(vector_scale), vector_scale);
        foreach (var tensor in parameters().Concat([vector_mean, vector_scale]))
            tensor.DetachFromDisposeScope(); // the module owns its weights, whatever scope it is made in
    }

    /// <summary>Width of the items' vectors.</summary>
    public int VectorWidth { get; }

    /// <summary>The device the weights are on.</summary>
    public Device Device { get; }

    /// <summary>All codes, <c>[levels, codebook size, code width]</c>.</summary>
    public Parameter Codebooks => codebooks;

    /// <summary>Draws fresh weights of encoder and decoder (He's and Glorot's uniform); the codebooks start from data, in training.</summary>
    /// <param name="seed">Seed of the draw.</param>
    public void InitialiseWeights(long seed)
    {
        using var generator = SeededDraw.Generator(seed);
        encoder.InitialiseWeights(generator);
        decoder.InitialiseWeights(generator);
    }

    /// <summary>
    /// Takes mean and scale from the vectors: what the encoder sees has mean 0 and, over all its numbers, variance 1. One scale for all
    /// dimensions, so that errors keep their proportions.
    /// </summary>
    /// <param name="vectors"><c>[items, vector width]</c>.</param>
    public void SetScale(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var all = vectors.detach().to(Device).to(ScalarType.Float64);
        var mean = all.mean([0L]);
        var scale = (all - mean).pow(Scalars.Two).mean().sqrt().item<double>();
        vector_mean.copy_(mean.to(ScalarType.Float32));
        using var divisor = (scale > 1e-12 ? scale : 1.0).ToScalar(); // equal vectors have no scale
        vector_scale.fill_(divisor);
    }

    /// <summary>Items' vectors as encoder and loss see them.</summary>
    /// <param name="vectors"><c>[batch, vector width]</c>.</param>
    /// <returns><c>[batch, vector width]</c>. The caller disposes it.</returns>
    public Tensor Standardise(Tensor vectors)
    {
        using var centred = vectors - vector_mean;
        return centred / vector_scale;
    }

    /// <summary>The same in place.</summary>
    internal Tensor Standardise_(Tensor vectors) => vectors.sub_(vector_mean).div_(vector_scale);

    /// <summary>Items' vectors to latent vectors.</summary>
    /// <param name="vectors"><c>[batch, vector width]</c> float32.</param>
    /// <returns><c>[batch, code width]</c>. The caller disposes it.</returns>
    public Tensor Encode(Tensor vectors)
    {
        using var standardised = Standardise(vectors);
        return encoder.Forward(standardised, state => state);
    }

    /// <summary>Sums of codes to items' vectors.</summary>
    /// <param name="sums"><c>[batch, code width]</c>.</param>
    /// <returns><c>[batch, vector width]</c>. The caller disposes it.</returns>
    public Tensor Decode(Tensor sums)
    {
        using var scope = NewDisposeScope();
        return (decoder.Forward(sums, state => state) * vector_scale).Plus(vector_mean).MoveToOuterDisposeScope();
    }

    /// <summary>Describes latent vectors by the nearest codes, level by level.</summary>
    /// <param name="latent"><c>[batch, code width]</c>.</param>
    /// <returns>Codes and vectors; the caller disposes them.</returns>
    public Quantisation Quantise(Tensor latent) => ResidualQuantiser.Quantise(latent, codebooks, ResidualQuantiser.Nearest);

    /// <summary>Items' vectors to what their codes make of them.</summary>
    /// <param name="vectors"><c>[batch, vector width]</c> float32.</param>
    /// <returns><c>[batch, vector width]</c>. The caller disposes it.</returns>
    public override Tensor forward(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        return Decode(Quantise(Encode(vectors)).StraightThrough).MoveToOuterDisposeScope();
    }

    /// <summary>The encoder in training.</summary>
    /// <param name="standardised">Of <see cref="Standardise"/>.</param>
    /// <param name="dropout">Belongs to the training, which brings its own.</param>
    internal Tensor EncodeStandardised(Tensor standardised, Func<Tensor, Tensor> dropout) => encoder.Forward(standardised, dropout);

    /// <summary>The decoder in training: standardised vectors.</summary>
    internal Tensor DecodeStandardised(Tensor sums, Func<Tensor, Tensor> dropout) => decoder.Forward(sums, dropout);

    /// <summary>Weights of encoder and decoder.</summary>
    internal IEnumerable<Parameter> AutoencoderParameters => encoder.parameters().Concat(decoder.parameters());
}
