using System.CommandLine;
using System.Globalization;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Studies;
using GtiNotebooks.Training;
using TorchSharp;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>study</c>: methods x seeds on one data set, one record a run, and a table.</summary>
public static class StudyVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var defaults = new StudyOptions();
        var data = new Option<string?>("--data") { Description = "Data folder (default: data/wardrobe of this checkout).", HelpName = "DIR" };
        var model = new Option<string?>("--model") { Description = "Hugging Face folder of the pretrained model (default: data/models/gti-mini).", HelpName = "DIR" };
        var ids = new Option<string?>("--ids") { Description = "Folder of Semantic IDs that 'gti semantic-ids' wrote (default: the data folder's own).", HelpName = "DIR" };
        var preset = new Option<string>("--preset")
        {
            Description = string.Join("; ", StudyPreset.All.Select(p => $"{p.Name}: {p.Description}")) + ".",
            HelpName = "NAME",
            DefaultValueFactory = _ => StudyPreset.All[0].Name,
        };
        var methods = new Option<string?>("--methods")
        {
            Description = $"In place of a preset, comma-separated: {string.Join(", ", StudyMethod.All.Select(m => m.Name))}.",
            HelpName = "LIST",
        };
        var seeds = new Option<int>("--seeds") { Description = "Seeds 0 .. N-1.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var folder = new Option<string?>("--out") { Description = "Folder of the records (default: studies/<data set>).", HelpName = "DIR" };
        var grounding = Number("--grounding-steps", "Grounding steps of 48 prompts.", defaults.GroundingSteps);
        var fineTuning = Number("--sft-steps", "Fine-tuning steps of 64 prompts.", defaults.FineTuningSteps);
        var rates = new Option<string>("--learning-rates")
        {
            Description = "Peak rates of fine-tuning, comma-separated; every method takes its best on validation rows.",
            HelpName = "LIST",
            DefaultValueFactory = _ => string.Join(",", defaults.FineTuningLearningRates.Select(rate => rate.ToString(CultureInfo.InvariantCulture))),
        };
        var warmUp = Number("--domain-warmup-steps", "Domain warm-up steps on the item texts, for every method.", defaults.DomainWarmupSteps);
        var split = new Option<SplitProtocol>("--split")
        {
            Description = "How events are split; default: official rows where the data set has them, else leave-one-out.",
            DefaultValueFactory = _ => SplitProtocol.Default,
        };
        var beam = Number("--beam-width", "Semantic IDs kept by the beam search; metrics reach no further.", defaults.BeamWidth);
        var validation = Number("--validation-rows", "Validation rows, evenly spread, that choose among settings.", defaults.ValidationRowLimit!.Value);
        var stopping = Number("--early-stopping-rows", "Validation rows that end fine-tuning when it no longer helps, measured every 100 steps; 0: it takes all its steps.", 0);
        var device = new Option<string>("--device") { Description = "cpu, cuda or cuda:1.", DefaultValueFactory = _ => "cpu" };
        var rows = new Option<int?>("--test-rows") { Description = "Evaluate the first N test rows only.", HelpName = "N" };
        var repeat = new Option<string?>("--repeat")
        {
            Description = "Make the run of a record once more (with --data, --model and --ids as it had them) and say whether the same came out. Ends with 0: identical, 1: different, 2: cannot be repeated.",
            HelpName = "RECORD",
        };
        var command = new Command("study", "Compare methods over seeds; finished runs are skipped.")
        {
            data, model, ids, preset, methods, seeds, folder, grounding, fineTuning, rates, warmUp, split, beam, validation, stopping, rows, device, repeat,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => parsed.GetValue(repeat) is { } record ? StudyVerbRepeat.Run(
            new StudyVerbRepeat.Plan(
                record, parsed.GetValue(data), parsed.GetValue(model), parsed.GetValue(ids), parsed.GetValue(folder),
                IsGiven(parsed, device) ? parsed.GetValue(device) : null,
                [.. command.Options.Except([data, model, ids, folder, device, repeat]).Where(option => IsGiven(parsed, option)).Select(option => option.Name)]),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation) : Run(
            new Plan(
                parsed.GetValue(data) ?? Repository.Find().BundledData,
                parsed.GetValue(model) ?? Repository.Find().BundledModel,
                parsed.GetValue(ids),
                MethodsOf(parsed.GetValue(methods), parsed.GetValue(preset)!),
                parsed.GetValue(seeds),
                parsed.GetValue(folder),
                ModelPlacement.Parse(parsed.GetValue(device)!),
                defaults with
                {
                    GroundingSteps = parsed.GetValue(grounding), FineTuningSteps = parsed.GetValue(fineTuning),
                    FineTuningLearningRates = RatesOf(parsed.GetValue(rates)!), DomainWarmupSteps = parsed.GetValue(warmUp),
                    Split = parsed.GetValue(split), BeamWidth = parsed.GetValue(beam), ValidationRowLimit = parsed.GetValue(validation),
                    TestRowLimit = parsed.GetValue(rows),
                    EarlyStopping = parsed.GetValue(stopping) is > 0 and var count ? new EarlyStopping(count) : null,
                }),
            parsed.InvocationConfiguration.Output,
            cancellation), cancellation));
        return command;
    }

    private sealed record Plan(
        string Data, string Model, string? Ids, IReadOnlyList<StudyMethod> Methods, int Seeds, string? Folder, ModelPlacement Placement, StudyOptions Options);

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };

    private static string[] Entries(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IReadOnlyList<StudyMethod> MethodsOf(string? methods, string preset) =>
        [.. (methods is null ? StudyPreset.Find(preset).Methods : Entries(methods)).Select(StudyMethod.Find)];

    private static double[] RatesOf(string list) =>
        [.. Entries(list).Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            ? rate
            : throw new ArgumentException($"--learning-rates: '{text}' is not a number; a list looks like 0.0005,0.001"))];

    private static int Run(Plan plan, TextWriter output, CancellationToken cancellation)
    {
        if (plan.Seeds < 1)
            throw new ArgumentException($"--seeds is {plan.Seeds}; at least one run is needed");
        output.WriteLine(plan.Placement);
        var dataset = Dataset.Load(plan.Data);
        if (plan.Ids is { } ids)
            dataset = dataset.WithSemanticIds(ids);
        var records = plan.Folder ?? Path.Combine(Repository.Find().Studies, dataset.Name);
        var runner = new StudyRunner(dataset, plan.Model, plan.Options, plan.Placement.Device);
        // Anchors have no codes, and learning them takes a while.
        var codes = plan.Methods.Any(method => method is LanguageModelMethod)
            ? $"{runner.Ids.Tokens.Count} new tokens on {runner.Ids.Levels} levels ({runner.CodesFrom}), "
            : "";
        output.WriteLine(
            $"{dataset.Name}: {dataset.Catalogue.Count} items, {codes}{runner.Split.Train.Count} training pairs, {runner.Split.Test.Count} test rows ({runner.Split.Name})");
        if (plan.Placement.Device.type == DeviceType.CPU && runner.MemoryAdvice(plan.Methods, FreeMemory.Bytes()) is { } advice)
            output.WriteLine($"warning: {advice}");
        var done = new List<StudyRecord>();
        foreach (var seed in Enumerable.Range(0, plan.Seeds))
        {
            // A method without chance has nothing to repeat.
            foreach (var method in plan.Methods.Where(method => seed == 0 || method.IsRandom))
                done.Add(Finished(runner, method, seed, records, output) ?? Run(runner, method, seed, SelectionOf(method, done), records, output, cancellation));
        }

        WriteTables(done, plan.Methods, records, output);
        return 0;
    }

    private static Selection? SelectionOf(StudyMethod method, IEnumerable<StudyRecord> done) =>
        done.FirstOrDefault(record => record.Method == method.Name)?.Selection;

    private static StudyRecord? Finished(StudyRunner runner, StudyMethod method, int seed, string records, TextWriter output)
    {
        var key = runner.KeyOf(method, seed);
        var record = key.FindIn(records);
        if (record is not null)
            output.WriteLine($"{method.Name}, seed {seed}: finished before ({key.FileName})");
        return record;
    }

    private static StudyRecord Run(
        StudyRunner runner, StudyMethod method, int seed, Selection? selection, string records, TextWriter output, CancellationToken cancellation)
    {
        // A run that is broken off goes on here; see .gitignore.
        var unfinished = Path.Combine(records, "unfinished", Path.GetFileNameWithoutExtension(runner.KeyOf(method, seed).FileName));
        // Several studies may write to one folder, but no two of them the same run.
        using var own = FileLock.Take(unfinished + ".lock", $"{method.Name}, seed {seed}: another study is at this run in {records}; wait for it, or choose another folder with --out");
        if (Finished(runner, method, seed, records, output) is { } meanwhile)
            return meanwhile;
        output.WriteLine($"{method.Name}, seed {seed}");
        var record = runner.Run(method, seed, selection, new ConsoleProgress(output), new RowProgress(output), cancellation, unfinished);
        Directory.CreateDirectory(records);
        record.Save(Path.Combine(records, record.FileName));
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        if (record.Selection is { } chosen)
            output.WriteLine($"  setting: {chosen.Points[chosen.Chosen].Setting} (best of {chosen.Points.Count} by {chosen.Metric} on {chosen.Rows} validation rows)");
        output.WriteLine($"  wrote {record.FileName}");
        return record;
    }

    private static void WriteTables(
        IReadOnlyList<StudyRecord> records, IReadOnlyList<StudyMethod> methods, string folder, TextWriter output)
    {
        var names = methods.Select(m => m.Name).ToArray();
        var summary = StudySummary.From(records, names, StudySummary.BaselineAmong(names));
        var table = StudyTables.Markdown(summary);
        // A folder of their own, as every JSON file beside the records is one.
        var tables = Directory.CreateDirectory(Path.Combine(folder, "tables")).FullName;
        AtomicFile.WriteAllText(Path.Combine(tables, "table.md"), table);
        AtomicFile.WriteAllText(Path.Combine(tables, "table.csv"), StudyTables.Csv(summary));
        AtomicFile.WriteAllText(Path.Combine(tables, "table.json"), StudySummaryJson.Write(summary));
        output.WriteLine();
        output.WriteLine(table);
    }

    internal sealed class RowProgress(TextWriter output) : IProgress<int>
    {
        private const int Rows = 500;
        private int last;

        public void Report(int value)
        {
            if (value > last && value / Rows == last / Rows)
                return;
            last = value;
            output.WriteLine($"  retrieval      {value,5} rows");
        }
    }
}
