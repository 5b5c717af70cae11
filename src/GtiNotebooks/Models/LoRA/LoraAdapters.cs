using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Low-rank adapters beside the frozen weights of a model (LoRA, Hu et al., arXiv 2106.09685): training changes two small matrices a projection
/// in place of its weight. <c>Trainer.Run</c> trains them as it trains anything that requires gradients; generation, retrieval and diagnosis
/// go through them without knowing. They belong to the model, which frees them.
/// </summary>
/// <remarks>
/// The base weights keep their names and, until <see cref="Merge"/>, their bits. The adapters' parameters are registered below their projection
/// as PEFT names them: <c>model.layers.0.self_attn.q_proj.lora_A.weight</c>. <see cref="AdapterFolder"/> writes and reads them in PEFT's files.
/// </remarks>
public sealed class LoraAdapters
{
    private readonly LoraAdapter[] adapters;
    private readonly (Parameter Parameter, bool Trained)[] before;
    private readonly SeededDropout? dropout;
    private bool[]? trainedBeforeMerge;

    private LoraAdapters(CausalLM model, LoraOptions options, long seed)
    {
        (Model, Options) = (model, options);
        before = [.. model.parameters().Select(parameter => (parameter, parameter.requires_grad))];
        dropout = options.Dropout > 0 ? new SeededDropout(options.Dropout, seed, model.Device) : null;
        using var generator = SeededDraw.Generator(seed);
        adapters = [.. ProjectionsOf(model, options).Select(p => new LoraAdapter(p.Name, p.Projection, options, dropout, generator))];
    }

    /// <summary>The model they are attached to.</summary>
    public CausalLM Model { get; }

    /// <summary>Their shape, and what trains beside them.</summary>
    public LoraOptions Options { get; }

    /// <summary>Whether the base weights hold the adapters at present. They do not train meanwhile.</summary>
    public bool IsMerged { get; private set; }

    /// <summary>A and B of every projection, in the order of the layers.</summary>
    public IEnumerable<Parameter> Parameters => adapters.SelectMany(adapter => adapter.Parameters);

    /// <summary>Numbers that training changes at present, rows of tokens among them.</summary>
    public long TrainedNumbers => Model.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel());

    /// <summary>What dropout draws from, for <c>CheckpointPlan.Generators</c>: a run that is resumed needs its state. Empty without dropout.</summary>
    public IReadOnlyDictionary<string, Generator> Generators =>
        dropout is null ? new Dictionary<string, Generator>() : new Dictionary<string, Generator> { ["lora_dropout"] = dropout.Generator };

    /// <summary>
    /// Puts adapters beside the projections of a model and freezes all else but what the options name. They change nothing at first: A is drawn
    /// as PEFT draws it (uniform in ±1/sqrt(inputs)), B is zero.
    /// </summary>
    /// <param name="model">The model; its vocabulary is extended by now, if it is to be.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Seed of A, and of dropout, which acts only where gradients are recorded and the model is in training mode, as it is by default.</param>
    /// <exception cref="ArgumentException">An option is out of range, or names no projection.</exception>
    /// <exception cref="InvalidOperationException">The model has adapters, or new rows are to train and there are none.</exception>
    public static LoraAdapters Attach(CausalLM model, LoraOptions options, long seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (model.Adapters is not null)
            throw new InvalidOperationException($"The model has adapters already; {nameof(Detach)} or {nameof(MergeAndDetach)} them first");
        if (options.EmbeddingTraining == EmbeddingTraining.NewRowsOnly && !model.Embedding.IsExtended)
            throw new InvalidOperationException($"New rows are to train, but the vocabulary has not been extended; extend it, or choose {EmbeddingTraining.Frozen} or {EmbeddingTraining.Full}");
        var attached = new LoraAdapters(model, options, seed);
        attached.Freeze();
        foreach (var adapter in attached.adapters)
            adapter.Attach();
        model.Adapters = attached;
        return attached;
    }

    /// <summary>
    /// Adds the adapters to the base weights (in float32 where those have 16 bits, then rounded), so that the model runs as fast as without
    /// them. Keeps a copy of the weights it changes for <see cref="Unmerge"/>; <see cref="MergeAndDetach"/> needs none.
    /// </summary>
    /// <exception cref="InvalidOperationException">They are merged, or detached, already.</exception>
    public void Merge()
    {
        RequireAttached();
        if (IsMerged)
            throw new InvalidOperationException("The adapters are merged already");
        foreach (var adapter in adapters)
            adapter.Merge();
        IsMerged = true;
        // Nothing flows through them now; a training must not believe that they learn.
        trainedBeforeMerge = [.. Parameters.Select(parameter => parameter.requires_grad)];
        foreach (var parameter in Parameters)
            parameter.requires_grad = false;
    }

    /// <summary>Undoes <see cref="Merge"/>; the base weights are bit for bit what they were.</summary>
    /// <exception cref="InvalidOperationException">They are not merged, or detached.</exception>
    public void Unmerge()
    {
        RequireAttached();
        if (!IsMerged)
            throw new InvalidOperationException("The adapters are not merged");
        foreach (var adapter in adapters)
            adapter.Unmerge();
        foreach (var (parameter, trained) in Parameters.Zip(trainedBeforeMerge!))
            parameter.requires_grad = trained;
        IsMerged = false;
    }

    /// <summary>
    /// Takes the adapters off and frees them. The weights beside which they stood are what they were, and what trained before trains again; rows
    /// of tokens keep what they learned.
    /// </summary>
    /// <exception cref="InvalidOperationException">They are detached already.</exception>
    public void Detach()
    {
        RequireAttached();
        if (IsMerged)
            Unmerge();
        TakeOff();
    }

    /// <summary>Makes the adapters part of the base weights for good; the model is then one without adapters, and what trained before trains again.</summary>
    /// <exception cref="InvalidOperationException">They are detached already.</exception>
    public void MergeAndDetach()
    {
        RequireAttached();
        foreach (var adapter in adapters.Where(adapter => !adapter.IsMerged))
            adapter.MergeForGood();
        TakeOff();
    }

    /// <summary>Each adapter, by the name of its projection's module.</summary>
    internal IEnumerable<LoraAdapter> All => adapters;

    /// <summary>The projections of a model that get adapters, in the order of the layers.</summary>
    internal static IEnumerable<(string Name, Projection Projection)> ProjectionsOf(CausalLM model, LoraOptions options) =>
        model.Projections.Where(p => options.Targets.Contains(p.Name[(p.Name.LastIndexOf('.') + 1)..]));

    /// <summary>Frees what no module owns, when the model is disposed.</summary>
    internal void Release()
    {
        foreach (var adapter in adapters)
            adapter.Dispose();
        dropout?.Dispose();
    }

    private void Freeze()
    {
        foreach (var (parameter, _) in before)
            parameter.requires_grad = false;
        var pretrained = new[] { Model.Embedding.Text, Model.Head?.Text }.OfType<Parameter>();
        var rows = Options.EmbeddingTraining switch
        {
            EmbeddingTraining.Full => pretrained.Concat(Model.NewParameters()),
            EmbeddingTraining.NewRowsOnly => Model.NewParameters(),
            _ => [],
        };
        foreach (var table in rows)
            table.requires_grad = true;
    }

    private void TakeOff()
    {
        foreach (var adapter in adapters)
            adapter.Detach();
        foreach (var (parameter, trained) in before)
            parameter.requires_grad = trained;
        dropout?.Dispose();
        Model.Adapters = null;
        IsMerged = false;
    }

    private void RequireAttached()
    {
        if (!ReferenceEquals(Model.Adapters, this))
            throw new InvalidOperationException("The adapters have been detached from their model");
    }
}
