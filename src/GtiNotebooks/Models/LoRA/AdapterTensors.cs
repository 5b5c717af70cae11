using GtiNotebooks.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// The tensors of PEFT's <c>adapter_model.safetensors</c>: A and B of each projection, and the rows of tokens that training changed, either whole
/// tables (<c>modules_to_save</c>) or new tokens' rows (<c>trainable_token_indices</c>).
/// </summary>
internal sealed class AdapterTensors
{
    public const string FileName = "adapter_model.safetensors";
    private const string EndOfA = ".lora_A.weight";
    private const string EndOfB = ".lora_B.weight";
    private const string Prefix = "base_model.model."; // PEFT's model around its tuner around the model
    private const string WholeTable = ".weight";
    private const string SomeRows = ".token_adapter.trainable_tokens_delta"; // values, not differences, for all its name
    private readonly LoraAdapters adapters;
    private readonly List<(string Name, Parameter Pretrained, Parameter? New)> tables = [];
    private readonly List<(string Name, Parameter New)> newRows = [];

    public AdapterTensors(LoraAdapters adapters, AdapterConfig config)
    {
        this.adapters = adapters;
        var model = adapters.Model;
        var table = (Text: model.Embedding.Text, New: model.Embedding.NewOrNull);
        var head = model.Head is { } separate ? (Text: separate.Text, New: separate.NewOrNull) : table;
        foreach (var (module, name, rows) in new[] { (AdapterConfig.Table, "model.embed_tokens", table), (AdapterConfig.Head, "lm_head", head) })
        {
            if (config.SavedModules.Contains(module))
                tables.Add((Prefix + name + WholeTable, rows.Text, rows.New));
            if (config.SavedRows.ContainsKey(module))
                newRows.Add((Prefix + name + SomeRows, rows.New!));
        }
    }

    /// <summary>Ids of the new tokens in the order of their rows; empty where there are none.</summary>
    public static int[] NewTokenIds(CausalLM model) => model.Embedding.IdOfColumn()[(int)model.Embedding.Text.shape[0]..];

    /// <summary>Names and values. They belong to the current dispose scope, or are the parameters themselves.</summary>
    public IEnumerable<(string Name, Tensor Value)> ToSave()
    {
        foreach (var (name, weight) in Pairs())
            yield return (name, weight);
        foreach (var (name, pretrained, fresh) in tables)
            yield return (name, adapters.Model.Embedding.InOrderOfIds(fresh is null ? pretrained.detach() : pretrained.detach().Widened(), fresh));
        foreach (var (name, fresh) in newRows)
            yield return (name, fresh);
    }

    /// <summary>Throws unless a file has A and B for every projection that adapters of these options would stand beside, each in the shape they would have.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or has another shape or type; the message names it.</exception>
    public static void RequirePairs(SafeTensorsFile file, CausalLM model, LoraOptions options)
    {
        foreach (var (name, projection) in LoraAdapters.ProjectionsOf(model, options))
        {
            var (outputs, inputs) = (projection.Weight.shape[0], projection.Weight.shape[1]);
            RequireFit(file, Prefix + name + EndOfA, [options.Rank, inputs]);
            RequireFit(file, Prefix + name + EndOfB, [outputs, options.Rank]);
        }
    }

    /// <summary>Copies the values of a file; nothing is copied unless all of them fit.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown or has another shape or type; the message names it.</exception>
    public void Load(SafeTensorsFile file)
    {
        var shapes = Shapes().ToArray();
        foreach (var (name, shape) in shapes)
            RequireFit(file, name, shape);
        if (file.Tensors.FirstOrDefault(tensor => !shapes.Any(s => s.Name == tensor.Name)) is { } unknown)
            throw FileProblem.In(file.Path, $"tensor {unknown.Name} does not belong to adapters on [{string.Join(", ", adapters.Options.Targets)}] of this model");
        if (adapters.Model.Head is null && tables.Count == 2)
            RequireEqual(file, tables[0].Name, tables[1].Name);
        foreach (var (name, weight) in Pairs())
            file.CopyTo(name, weight);
        foreach (var (name, pretrained, fresh) in tables)
            LoadTable(file, name, pretrained, fresh);
        foreach (var (name, fresh) in newRows)
            file.CopyTo(name, fresh);
    }

    private IEnumerable<(string Name, Parameter Weight)> Pairs() => adapters.All.SelectMany(adapter => new[]
    {
        (Prefix + adapter.Name + EndOfA, adapter.A.Weight), (Prefix + adapter.Name + EndOfB, adapter.B.Weight),
    });

    private IEnumerable<(string Name, long[] Shape)> Shapes() => Pairs().Select(pair => (pair.Name, pair.Weight.shape))
        .Concat(tables.Select(table => (table.Name, new[] { adapters.Model.Embedding.IdCount, table.Pretrained.shape[1] })))
        .Concat(newRows.Select(rows => (rows.Name, rows.New.shape)));

    private static void RequireFit(SafeTensorsFile file, string name, long[] shape)
    {
        var expected = $"expected [{string.Join(", ", shape)}]";
        var found = file.Find(name) ?? throw FileProblem.In(file.Path, $"tensor {name} is missing; {expected}");
        if (!found.Shape.SequenceEqual(shape))
            throw FileProblem.In(file.Path, $"tensor {name} is [{string.Join(", ", found.Shape)}]; {expected}");
        if (found.Type is ScalarType.Int64 or ScalarType.Int32)
            throw FileProblem.In(file.Path, $"tensor {name} has type {SafeTensors.NameOf(found.Type)}; expected a type of fractions");
    }

    private static void RequireEqual(SafeTensorsFile file, string table, string head)
    {
        if (!SafeTensorsFile.AreEqual(file, file.Find(table)!, file, file.Find(head)!))
            throw FileProblem.In(file.Path, $"tensor {head} differs from {table}, but the model's head is its token table; they were trained apart");
    }

    // One row a token id in the file; here pretrained and new rows apart. A spare row whose id a new token took stays: nothing reads it.
    private void LoadTable(SafeTensorsFile file, string name, Parameter pretrained, Parameter? fresh)
    {
        if (fresh is null)
        {
            file.CopyTo(name, pretrained);
            return;
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var embedding = adapters.Model.Embedding;
        var values = empty(embedding.IdCount, pretrained.shape[1], file.Find(name)!.Type);
        file.CopyTo(name, values);
        var kept = Enumerable.Range(0, embedding.IdCount).Where(id => embedding.ColumnOf(id) < pretrained.shape[0]).Select(id => (long)id).ToArray();
        var ids = tensor(kept);
        pretrained.index_copy_(0, ids.to(pretrained.device), values.index_select(0, ids).to(pretrained.dtype).to(pretrained.device));
        fresh.copy_(values.index_select(0, tensor(NewTokenIds(adapters.Model).Select(id => (long)id).ToArray())));
    }
}
