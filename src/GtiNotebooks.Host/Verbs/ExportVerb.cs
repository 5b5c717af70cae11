using System.CommandLine;
using System.Globalization;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>export</c>: writes the extended model, the prompts and launch files for training on other machines.</summary>
public static class ExportVerb
{
    private const string DefaultStart = "mean";

    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "Data folder (default: data/wardrobe of this checkout).", HelpName = "DIR" };
        var model = new Option<string?>("--model") { Description = "Hugging Face folder of the pretrained model, or of one that was extended by these Semantic IDs (default: data/models/gti-mini).", HelpName = "DIR" };
        var ids = new Option<string?>("--ids") { Description = "Folder of Semantic IDs that 'gti semantic-ids' wrote (default: the data folder's own).", HelpName = "DIR" };
        var start = new Option<string?>("--init") { Description = $"First values of the new rows: {string.Join(", ", TokenInitialisers.Names)} (default: {DefaultStart}; an extended model keeps its own).", HelpName = "NAME" };
        var seed = new Option<int>("--seed") { Description = "Of the new rows and of the order of the prompts.", HelpName = "N" };
        var history = Number("--max-history", "The latest items of a history that a prompt shows.", 10);
        var title = Number("--title-tokens", "A title is cut after so many tokens.", 24);
        var description = Number("--description-tokens", "A description is cut after so many tokens.", 40);
        var folder = new Option<string>("--out") { Description = "Folder to write: new, empty, or an earlier export.", HelpName = "DIR", Required = true };
        var command = new Command("export", "Write model, prompts and launch files for TRL, accelerate and vLLM.")
        {
            data, model, ids, start, seed, history, title, description, folder,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(
            new Plan(
                parsed.GetValue(data) ?? Repository.Find().BundledData,
                parsed.GetValue(model) ?? Repository.Find().BundledModel,
                parsed.GetValue(ids), parsed.GetValue(start), parsed.GetValue(seed), parsed.GetValue(history),
                parsed.GetValue(title), parsed.GetValue(description), parsed.GetValue(folder)!),
            parsed.InvocationConfiguration.Output, cancellation), cancellation));
        return command;
    }

    private sealed record Plan(
        string Data, string Model, string? Ids, string? Start, int Seed, int MaxHistory, int TitleTokens, int DescriptionTokens, string Folder);

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };

    private static int Run(Plan plan, TextWriter output, CancellationToken cancellation)
    {
        var dataset = Dataset.Load(plan.Data);
        if (plan.Ids is { } folder)
            dataset = dataset.WithSemanticIds(folder);
        using var codes = StoredSemanticIds.Of(dataset);
        using var pretrained = CheckpointFolder.Load(plan.Model);
        var (extension, start) = Extend(pretrained, dataset, codes, plan);
        output.WriteLine($"{dataset.Name}: {dataset.Catalogue.Count} items, {codes.Map.Tokens.Count} new tokens on {codes.Map.Levels} levels, start: {start}");
        var end = extension.Tokenizer.Decode([extension.Model.Config.EndOfTextId]);
        var limits = new PromptLimits(plan.TitleTokens, plan.DescriptionTokens, extension.Model.Config.MaxPositions);
        var encoder = new PromptEncoder(extension.Tokenizer, PromptTemplates.Default, ChatFormat.PlainEndingWith(end), limits);
        var content = new ExportContent(extension, dataset, dataset.Split(plan.MaxHistory), encoder, plan.Seed) { Source = plan.Model, Start = start };
        var notes = ExportFolder.Write(plan.Folder, content, cancellation);
        foreach (var (name, file) in notes.Prompts)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-10} {file.Prompts,9:N0} prompts, longest {file.LongestTokens} tokens"));
        output.WriteLine($"wrote {plan.Folder}; its README.md says how to train, serve and come back");
        return 0;
    }

    private static (VocabularyExtension Extension, string Start) Extend(PretrainedModel pretrained, Dataset dataset, StoredSemanticIds codes, Plan plan)
    {
        if (VocabularyExtension.IsKnownTo(pretrained.Tokenizer, codes.Map))
        {
            return plan.Start is null
                ? (VocabularyExtension.Reopen(pretrained, codes.Map), "rows of the extended model")
                : throw new ArgumentException($"--init {plan.Start}: {plan.Model} has the new tokens already; leave --init out to keep its rows");
        }

        var start = plan.Start ?? DefaultStart;
        var initialiser = TokenInitialisers.Create(start, new InitialiserInputs(pretrained.Tokenizer, dataset.Catalogue, codes.Map, codes.Codebooks));
        return (VocabularyExtension.Apply(pretrained, codes.Map, initialiser, plan.Seed), start);
    }
}
