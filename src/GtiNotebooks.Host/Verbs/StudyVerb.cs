using System.CommandLine;
using GtiNotebooks.Data;
using GtiNotebooks.Studies;

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
        var model = new Option<string?>("--model") { Description = "Hugging Face folder of the pretrained model (default: data/gti-mini).", HelpName = "DIR" };
        var methods = new Option<string>("--methods")
        {
            Description = $"Comma-separated: {string.Join(", ", StudyMethod.All.Select(m => m.Name))}.",
            DefaultValueFactory = _ => "mean,random,gti",
        };
        var seeds = new Option<int>("--seeds") { Description = "Seeds 0 .. N-1.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var folder = new Option<string?>("--out") { Description = "Folder of the records (default: studies/<data set>).", HelpName = "DIR" };
        var grounding = Number("--grounding-steps", "Grounding steps of 48 prompts.", defaults.GroundingSteps);
        var fineTuning = Number("--sft-steps", "Fine-tuning steps of 64 prompts.", defaults.FineTuningSteps);
        var warmUp = Number("--domain-warmup-steps", "Domain warm-up steps on the item texts, for every method.", defaults.DomainWarmupSteps);
        var rows = new Option<int?>("--test-rows") { Description = "Evaluate the first N test rows only.", HelpName = "N" };
        var command = new Command("study", "Compare methods over seeds; finished runs are skipped.")
        {
            data, model, methods, seeds, folder, grounding, fineTuning, warmUp, rows,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(
            parsed.GetValue(data) ?? Repository.Find().BundledData,
            parsed.GetValue(model) ?? Repository.Find().BundledModel,
            parsed.GetValue(methods)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(StudyMethod.Find).ToArray(),
            parsed.GetValue(seeds),
            parsed.GetValue(folder),
            defaults with
            {
                GroundingSteps = parsed.GetValue(grounding), FineTuningSteps = parsed.GetValue(fineTuning),
                DomainWarmupSteps = parsed.GetValue(warmUp), TestRowLimit = parsed.GetValue(rows),
            },
            parsed.InvocationConfiguration.Output,
            cancellation), cancellation));
        return command;
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };

    private static int Run(
        string data, string model, IReadOnlyList<StudyMethod> methods, int seeds, string? folder, StudyOptions options, TextWriter output,
        CancellationToken cancellation)
    {
        if (seeds < 1)
            throw new ArgumentException($"--seeds is {seeds}; at least one run is needed");
        var dataset = Dataset.Load(data);
        var records = folder ?? Path.Combine(Repository.Find().Studies, dataset.Name);
        var runner = new StudyRunner(dataset, model, options);
        output.WriteLine(
            $"{dataset.Name}: {dataset.Catalogue.Count} items, {runner.Ids.Tokens.Count} new tokens on {runner.Ids.Levels} levels ({runner.CodesFrom}), "
            + $"{runner.Split.Train.Count} training pairs, {runner.Split.Test.Count} test rows ({runner.Split.Name})");
        var done = new List<StudyRecord>();
        foreach (var seed in Enumerable.Range(0, seeds))
        {
            foreach (var method in methods)
                done.Add(Finished(runner, method, seed, records, output) ?? Run(runner, method, seed, records, output, cancellation));
        }

        WriteTables(done, methods, records, output);
        return 0;
    }

    private static StudyRecord? Finished(StudyRunner runner, StudyMethod method, int seed, string records, TextWriter output)
    {
        var key = runner.KeyOf(method, seed);
        var record = key.FindIn(records);
        if (record is not null)
            output.WriteLine($"{method.Name}, seed {seed}: finished before ({key.FileName})");
        return record;
    }

    private static StudyRecord Run(
        StudyRunner runner, StudyMethod method, int seed, string records, TextWriter output, CancellationToken cancellation)
    {
        output.WriteLine($"{method.Name}, seed {seed}");
        var record = runner.Run(method, seed, new ConsoleProgress(output), new RowProgress(output, runner.Split.Test.Count), cancellation);
        Directory.CreateDirectory(records);
        record.Save(Path.Combine(records, record.FileName));
        output.WriteLine($"  wrote {record.FileName}");
        return record;
    }

    private static void WriteTables(
        IReadOnlyList<StudyRecord> records, IReadOnlyList<StudyMethod> methods, string folder, TextWriter output)
    {
        var summary = StudySummary.From(records, methods.Select(m => m.Name).ToArray());
        var table = StudyTables.Markdown(summary);
        AtomicFile.WriteAllText(Path.Combine(folder, "table.md"), table);
        AtomicFile.WriteAllText(Path.Combine(folder, "table.csv"), StudyTables.Csv(summary));
        output.WriteLine();
        output.WriteLine(table);
    }

    private sealed class RowProgress(TextWriter output, int rows) : IProgress<int>
    {
        private int next;

        public void Report(int value)
        {
            if (value < next && value < rows)
                return;
            next = value + rows / 10;
            output.WriteLine($"  evaluation     {value,5}/{rows} rows");
        }
    }
}
