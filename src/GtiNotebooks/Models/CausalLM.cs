using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// A decoder of the Qwen3, Qwen2 or Llama family, with a tied or a separate output head. Registered parameters carry Hugging Face's names
/// (<c>model.layers.0.self_attn.q_proj.weight</c>, ...), so checkpoints map one to one.
/// </summary>
/// <remarks>
/// Several threads may compute with one model at once, as long as none trains, extends, adapts or disposes it meanwhile; none of those is safe
/// beside anything else.
/// </remarks>
public sealed class CausalLM : nn.Module<Tensor, Tensor>
{
    private readonly Decoder model;
    private readonly OutputHead? lm_head;

    /// <summary>Makes a model whose weights are not set; see <see cref="InitialiseWeights"/> and <see cref="CheckpointFolder"/>.</summary>
    /// <param name="config">Its architecture.</param>
    /// <param name="dtype">Type of the weights; float32 if left out.</param>
    /// <param name="device">Device of the weights; the CPU if left out.</param>
    /// <exception cref="ArgumentException">The configuration does not fit together.</exception>
    public CausalLM(ModelConfig config, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(nameof(CausalLM))
    {
        config.Validate();
        Config = config;
        Device = device ?? CPU;
        model = new Decoder(config, dtype, Device);
        register_module(nameof(model), model);
        if (!config.TiedHead)
        {
            lm_head = new OutputHead(config.VocabularySize, config.HiddenSize, dtype, Device);
            register_module(nameof(lm_head), lm_head);
        }

        foreach (var parameter in parameters())
            parameter.DetachFromDisposeScope(); // the module owns its weights, whatever scope it is made in
    }

    /// <summary>The architecture.</summary>
    public ModelConfig Config { get; }

    /// <summary>The device the weights are on.</summary>
    public Device Device { get; }

    /// <summary>The token table, which is also the output head unless there is a <see cref="Head"/>.</summary>
    public TokenEmbedding Embedding => model.Embedding;

    /// <summary>The output head of a model whose head is not tied to its token table; null where it is.</summary>
    public OutputHead? Head => lm_head;

    /// <summary>The adapters that stand beside its weights; null where there are none. See <see cref="LoraAdapters.Attach"/>.</summary>
    public LoraAdapters? Adapters { get; internal set; }

    /// <summary>The projections of all layers in order, by the names of their modules (<c>model.layers.0.self_attn.q_proj</c>, ...).</summary>
    internal IEnumerable<(string Name, Projection Projection)> Projections =>
        model.Projections.Select(p => ($"{nameof(model)}.{p.Name}", p.Projection));

    /// <summary>
    /// Draws fresh weights: normal with deviation 0.02, the projections that write to the residual stream scaled by
    /// 1/sqrt(2 layers) (GPT-2), norm gains 1, biases 0.
    /// </summary>
    /// <param name="seed">Seed of the draw.</param>
    public void InitialiseWeights(long seed)
    {
        using var generator = SeededDraw.Generator(seed);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, parameter) in named_parameters())
        {
            if (parameter.ndim == 1)
                parameter.fill_(name.EndsWith(".bias", StringComparison.Ordinal) ? Scalars.Zero : Scalars.One);
            else
                SeededDraw.FillNormal(parameter, WritesToResidual(name) ? 0.02 / Math.Sqrt(2 * Config.Layers) : 0.02, generator);
        }
    }

    /// <summary>Runs whole sequences; padding, if any, stands to the right and is ignored by everything before it.</summary>
    /// <param name="ids">Token ids, int64 <c>[batch, time]</c>.</param>
    /// <returns>Final states <c>[batch, time, width]</c>, after the last norm. The caller disposes them.</returns>
    /// <exception cref="ArgumentException">The ids are not a matrix, or longer than the model was made for.</exception>
    public override Tensor forward(Tensor ids) => model.Forward(CheckIds(ids), new CausalAttention());

    /// <summary>Runs whole sequences for the final states of some of their tokens; the last layer computes no others.</summary>
    /// <param name="ids">Token ids, int64 <c>[batch, time]</c>; padding, if any, stands to the right.</param>
    /// <param name="outputs">Which tokens.</param>
    /// <returns>Their final states <c>[n, width]</c>.</returns>
    internal Tensor StatesAt(Tensor ids, OutputTokens outputs) =>
        // Adapters that drop draw for every token they see: with fewer tokens a seed would mean another training.
        training && Adapters is { Options.Dropout: > 0 }
            ? outputs.Among(forward(ids))
            : model.Forward(CheckIds(ids), new CausalAttention(), outputs);

    /// <summary>Runs prompts of equal length and keeps their keys and values.</summary>
    /// <param name="ids">Token ids, int64 <c>[batch, time]</c>, without padding.</param>
    /// <param name="cache">The prompts' keys and values; they belong to the current dispose scope.</param>
    /// <returns>Final states <c>[batch, time, width]</c>. The caller disposes them.</returns>
    public Tensor Prefill(Tensor ids, out KeyValueCache cache)
    {
        cache = new KeyValueCache();
        return model.Forward(CheckIds(ids), new PrefillAttention(cache));
    }

    /// <summary>The same where the final states of some tokens are wanted only: <c>[n, width]</c>.</summary>
    internal Tensor Prefill(Tensor ids, OutputTokens outputs, out KeyValueCache cache)
    {
        cache = new KeyValueCache();
        return model.Forward(CheckIds(ids), new PrefillAttention(cache), outputs);
    }

    /// <summary>Runs one further token in each branch of every row.</summary>
    /// <param name="ids">Token ids, int64 <c>[batch, branches]</c>.</param>
    /// <param name="cache">What came before; the new tokens are added to it.</param>
    /// <returns>Final states <c>[batch, branches, width]</c>. The caller disposes them.</returns>
    public Tensor Branch(Tensor ids, BranchCache cache)
    {
        var hidden = model.Forward(CheckIds(ids), new BranchAttention(cache));
        cache.Advance();
        return hidden;
    }

    /// <summary>Runs the next tokens of each row after those in a cache, which they join; padding stands to the left of the first ones.</summary>
    /// <param name="ids">Token ids, int64 <c>[batch, time]</c>.</param>
    /// <param name="cache">What came before.</param>
    /// <returns>Final states <c>[batch, time, width]</c>; those of padding mean nothing.</returns>
    internal Tensor Continue(Tensor ids, GenerationCache cache)
    {
        var hidden = model.Forward(CheckIds(ids), new CachedAttention(cache));
        cache.Advance(ids.shape[1]);
        return hidden;
    }

    /// <summary>Runs the tokens after prefixes that were run before; gradients go through these tokens alone.</summary>
    /// <param name="ids">Token ids, int64 <c>[batch, time]</c>; padding, if any, stands to the right.</param>
    /// <param name="prefixes">What each row continues.</param>
    /// <param name="outputs">Which of these tokens' final states are wanted.</param>
    /// <returns>Final states <c>[n, width]</c>.</returns>
    internal Tensor Continue(Tensor ids, PrefixAttention prefixes, OutputTokens outputs) => model.Forward(CheckIds(ids), prefixes, outputs);

    /// <summary>Scores of all tokens after the given states.</summary>
    /// <param name="hidden">Final states <c>[n, width]</c>.</param>
    /// <returns><c>[n, V_text + V_new]</c>, float32 where the weights have 16 bits; <see cref="TokenEmbedding.ColumnOf"/> names the columns. The caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">Only one of token table and head has rows for the new tokens.</exception>
    public Tensor Logits(Tensor hidden)
    {
        if (lm_head is null)
            return Embedding.Logits(hidden);
        if (lm_head.IsExtended != Embedding.IsExtended)
            throw new InvalidOperationException($"The token table has new rows but the head has none; extend both with {nameof(CausalLM)}.{nameof(Extend)}");
        return Embedding.Logits(hidden, lm_head.Text, lm_head.NewOrNull);
    }

    /// <summary>Adds rows for new tokens: to the token table and, where the head is separate, to the head.</summary>
    /// <param name="tokenIds">Their ids; each unused so far or a spare row of the pretrained table, all different.</param>
    /// <param name="inputRows"><c>[tokenIds, width]</c>; copied.</param>
    /// <param name="outputRows"><c>[tokenIds, width]</c>, copied; null if and only if the head is tied.</param>
    /// <exception cref="ArgumentException">Ids repeat or leave a gap, rows have another shape, or output rows do not fit the kind of head.</exception>
    /// <exception cref="InvalidOperationException">The vocabulary was extended before, or adapters are attached, which say which rows train.</exception>
    public void Extend(IReadOnlyList<int> tokenIds, Tensor inputRows, Tensor? outputRows = null)
    {
        if (Adapters is not null)
            throw new InvalidOperationException("The model has adapters; extend the vocabulary before they are attached");
        if (outputRows is null != Config.TiedHead)
            throw new ArgumentException(Config.TiedHead ? "A tied head has no output rows of its own" : "A separate head needs output rows too", nameof(outputRows));
        lm_head?.RequireRows(outputRows!, tokenIds.Count);
        Embedding.Extend(tokenIds, inputRows);
        lm_head?.Extend(outputRows!);
    }

    /// <summary>The rows of the new tokens: one parameter, or two where the head is separate; none before the vocabulary is extended. They belong to the model.</summary>
    public IEnumerable<Parameter> NewParameters() => new[] { Embedding.NewOrNull, lm_head?.NewOrNull }.OfType<Parameter>();

    /// <summary>All parameters but the new tokens' rows; adapters, where there are any, are among them. They belong to the model.</summary>
    public IEnumerable<Parameter> PretrainedParameters()
    {
        var fresh = NewParameters().ToArray();
        return parameters().Where(p => !fresh.Any(f => ReferenceEquals(f, p)));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Adapters?.Release();
        base.Dispose(disposing);
    }

    private static bool WritesToResidual(string name) =>
        name.EndsWith("o_proj.weight", StringComparison.Ordinal) || name.EndsWith("down_proj.weight", StringComparison.Ordinal);

    private static Tensor CheckIds(Tensor ids) => ids.ndim == 2 && ids.dtype == ScalarType.Int64
        ? ids
        : throw new ArgumentException($"Token ids must be int64 [batch, time]; got {ids.dtype} [{string.Join(", ", ids.shape)}]", nameof(ids));
}
