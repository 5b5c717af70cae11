using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>Embedding, decoder layers and the final norm: what Hugging Face registers as <c>model</c>.</summary>
internal sealed class Decoder : nn.Module
{
    private readonly TokenEmbedding embed_tokens;
    private readonly ModuleList<DecoderLayer> layers;
    private readonly RmsNorm norm;
    private readonly ModelConfig config;

    public Decoder(ModelConfig config, ScalarType dtype, Device device)
        : base(nameof(Decoder))
    {
        this.config = config;
        embed_tokens = new TokenEmbedding(config.VocabularySize, config.HiddenSize, dtype, device);
        layers = new ModuleList<DecoderLayer>(
            Enumerable.Range(0, config.Layers).Select(_ => new DecoderLayer(config, dtype, device)).ToArray());
        norm = new RmsNorm(config.HiddenSize, config.RmsNormEpsilon, dtype, device);
        register_module(nameof(embed_tokens), embed_tokens);
        register_module(nameof(layers), layers);
        register_module(nameof(norm), norm);
    }

    public TokenEmbedding Embedding => embed_tokens;

    /// <summary>The projections of all layers in order, by the names they are registered under.</summary>
    public IEnumerable<(string Name, Projection Projection)> Projections => Enumerable.Range(0, layers.Count)
        .SelectMany(i => layers[i].Projections.Select(p => ($"{nameof(layers)}.{i}.{p.Name}", p.Projection)));

    /// <summary>Token ids int64 <c>[batch, time]</c> to final states <c>[batch, time, width]</c>.</summary>
    public Tensor Forward(Tensor ids, AttentionPattern pattern) => Run(ids, pattern, null);

    /// <summary>Token ids int64 <c>[batch, time]</c> to the final states of some of them, <c>[n, width]</c>.</summary>
    public Tensor Forward(Tensor ids, AttentionPattern pattern, OutputTokens outputs) =>
        outputs.AreFew ? outputs.Unfilled(Run(ids, pattern, outputs)) : outputs.Among(Run(ids, pattern, null));

    private Tensor Run(Tensor ids, AttentionPattern pattern, OutputTokens? outputs)
    {
        var hidden = Embedding.call(ids);
        var (start, count) = pattern.Positions(ids.shape[1]);
        if (start + count > config.MaxPositions)
        {
            throw new ArgumentException(
                $"The sequence has {start + count} tokens; the model was made for at most {config.MaxPositions}", nameof(ids));
        }

        using var rotary = RotaryPositions.At(start, count, config, hidden.dtype, hidden.device, pattern.Padding);
        // No dispose scope: what caches keep is the caller's. So states are held by being disposed, and the pattern's masks by hand.
        for (var layer = 0; layer < layers.Count; layer++)
        {
            using var before = hidden;
            hidden = layers[layer].Forward(before, layer, pattern, rotary, layer == layers.Count - 1 ? outputs : null);
        }

        GC.KeepAlive(pattern);
        using var last = hidden;
        return norm.call(last);
    }
}
