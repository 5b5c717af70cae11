using System.CommandLine;
using TorchSharp;

namespace GtiNotebooks.Bench;

/// <summary>
/// The program's verbs: <c>run</c> measures one task in this process, <c>compare</c> lets both sides measure in turn; <c>growth</c>,
/// <c>readers</c> and <c>diagnostics</c> look at ours alone.
/// </summary>
internal static class BenchProgram
{
    /// <summary>Runs one command line.</summary>
    /// <returns>0 on success, 1 on an error or where the sides did different work.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Our library beside plain PyTorch, on the same work.") { RunVerb(), CompareVerb(), GrowthVerb(), ReadersVerb(), DiagnosticsVerb() };
        try
        {
            return root.Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException or InvalidDataException)
        {
            error.WriteLine($"bench: {e.Message}");
            return 1;
        }
    }

    private static Command RunVerb()
    {
        var task = new Argument<string>("TASK") { Description = string.Join(", ", Workload.All.Concat(Workload.Readers).Select(workload => workload.Name)) + "." };
        var steps = new Option<int?>("--steps") { Description = "Timed steps (default: the task's own number).", HelpName = "N" };
        var command = new Command("run", "Measure one task of ours; prints one line of JSON.") { task, steps };
        command.SetAction(parsed =>
        {
            torch.set_num_threads(1);
            var workload = Workload.Find(parsed.GetValue(task)!);
            parsed.InvocationConfiguration.Output.WriteLine(workload.Measure(parsed.GetValue(steps) ?? workload.Steps).ToJson());
            return 0;
        });
        return command;
    }

    private static Command CompareVerb()
    {
        var script = new Option<string>("--script") { Description = "torch_bench.py.", HelpName = "FILE", Required = true };
        var (records, note) = (RecordsOption(), NoteOption());
        var python = new Option<string>("--python")
        {
            Description = "Python interpreter with PyTorch.", HelpName = "PATH", DefaultValueFactory = _ => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3",
        };
        var tasks = new Option<string[]>("--tasks") { Description = "Only these (default: all).", HelpName = "TASK", AllowMultipleArgumentsPerToken = true };
        var rounds = new Option<int>("--rounds") { Description = "Turns of both sides.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var steps = new Option<int?>("--steps") { Description = "Timed steps of every task (default: each task's own number).", HelpName = "N" };
        var command = new Command("compare", "Measure ours and PyTorch in turn, and write a record.") { script, records, python, tasks, rounds, steps, note };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            Side.RequirePyTorch(parsed.GetValue(python)!);
            var (date, load) = (DateTime.UtcNow, Records.LoadNow());
            var chosen = parsed.GetValue(tasks) is { Length: > 0 } named ? [.. named.Select(Workload.Find)] : Workload.All;
            var comparison = new Comparison(
                Side.Ours(), Side.PyTorch(parsed.GetValue(python)!, parsed.GetValue(script)!), parsed.GetValue(rounds), parsed.GetValue(steps), output);
            var record = new ComparisonRecord(date, Versions.Machine(), load, parsed.GetValue(note)!, comparison.Run(chosen));
            return Report(record, parsed.GetValue(records)!, output, parsed.InvocationConfiguration.Error);
        });
        return command;
    }

    private static Command GrowthVerb()
    {
        var (records, note) = (RecordsOption(), NoteOption());
        var rounds = new Option<int>("--rounds") { Description = "Of which the middle counts.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var steps = new Option<int>("--steps") { Description = "Timed steps of each size in a round.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var command = new Command("growth", "Measure how costs grow with items, new tokens and histories, and write a record.") { records, note, rounds, steps };
        command.SetAction(parsed =>
        {
            torch.set_num_threads(1);
            var output = parsed.InvocationConfiguration.Output;
            var (date, load) = (DateTime.UtcNow, Records.LoadNow());
            var series = new GrowthStudy(parsed.GetValue(rounds), parsed.GetValue(steps), output).Run();
            var record = new GrowthRecord(date, Versions.Machine(), Versions.Here(), load, parsed.GetValue(note)!, parsed.GetValue(rounds), series);
            output.WriteLine($"\n{record.Markdown()}\nwrote {record.Save(parsed.GetValue(records)!)}");
            return 0;
        });
        return command;
    }

    private static Command ReadersVerb()
    {
        var (records, note) = (RecordsOption(), NoteOption());
        var command = new Command("readers", "Measure the readers of data, the tokenizer and the trie, and write a record.") { records, note };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var record = ReadersRecord.Measure(parsed.GetValue(note)!, output);
            output.WriteLine($"\n{record.Markdown()}\nwrote {record.Save(parsed.GetValue(records)!)}");
            return 0;
        });
        return command;
    }

    private static Command DiagnosticsVerb()
    {
        var (records, note) = (RecordsOption(), NoteOption());
        var command = new Command("diagnostics", "Measure the diagnostics of a table of industrial size, and write a record.") { records, note };
        command.SetAction(parsed =>
        {
            torch.set_num_threads(1);
            var output = parsed.InvocationConfiguration.Output;
            var (date, load, sizes) = (DateTime.UtcNow, Records.LoadNow(), DiagnosticsSizes.Industrial);
            var stages = new DiagnosticsStudy(sizes, output).Run();
            var record = new DiagnosticsRecord(date, Versions.Machine(), Versions.Here(), load, parsed.GetValue(note)!, sizes, stages, Measurement.PeakMemory());
            output.WriteLine($"\n{record.Markdown()}\nwrote {record.Save(parsed.GetValue(records)!)}");
            return 0;
        });
        return command;
    }

    private static Option<string> RecordsOption() => new("--records") { Description = "Folder of the record.", HelpName = "DIR", Required = true };

    private static Option<string> NoteOption() =>
        new("--note") { Description = "Goes into the record, such as other work on the machine.", HelpName = "TEXT", DefaultValueFactory = _ => "" };

    private static int Report(ComparisonRecord record, string records, TextWriter output, TextWriter error)
    {
        var differences = record.Tasks.SelectMany(task => task.Differences()).ToArray();
        output.WriteLine();
        output.WriteLine(ComparisonTable.Markdown(record.Tasks));
        output.WriteLine(record.Machine);
        foreach (var difference in differences)
            error.WriteLine($"DIFFERENT WORK: {difference}");
        if (differences.Length > 0)
        {
            error.WriteLine("bench: the sides did not do the same work, so their times say nothing; no record is written");
            return 1;
        }

        output.WriteLine($"wrote {record.Save(records)}");
        return 0;
    }
}
