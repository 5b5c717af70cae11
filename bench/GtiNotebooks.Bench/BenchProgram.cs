using System.CommandLine;
using TorchSharp;

namespace GtiNotebooks.Bench;

/// <summary>The program's two verbs: <c>run</c> measures one task in this process, <c>compare</c> lets both sides measure in turn.</summary>
internal static class BenchProgram
{
    /// <summary>Runs one command line.</summary>
    /// <returns>0 on success, 1 on an error or where the sides did different work.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Our library beside plain PyTorch, on the same work.") { RunVerb(), CompareVerb() };
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
        var task = new Argument<string>("TASK") { Description = string.Join(", ", Workload.All.Select(workload => workload.Name)) + "." };
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
        var records = new Option<string>("--records") { Description = "Folder of the record.", HelpName = "DIR", Required = true };
        var python = new Option<string>("--python")
        {
            Description = "Python interpreter with PyTorch.", HelpName = "PATH", DefaultValueFactory = _ => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3",
        };
        var tasks = new Option<string[]>("--tasks") { Description = "Only these (default: all).", HelpName = "TASK", AllowMultipleArgumentsPerToken = true };
        var rounds = new Option<int>("--rounds") { Description = "Turns of both sides.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var steps = new Option<int?>("--steps") { Description = "Timed steps of every task (default: each task's own number).", HelpName = "N" };
        var note = new Option<string>("--note") { Description = "Goes into the record, such as other work on the machine.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var command = new Command("compare", "Measure ours and PyTorch in turn, and write a record.") { script, records, python, tasks, rounds, steps, note };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            Side.RequirePyTorch(parsed.GetValue(python)!);
            var (date, load) = (DateTime.UtcNow, ComparisonRecord.LoadNow());
            var chosen = parsed.GetValue(tasks) is { Length: > 0 } named ? [.. named.Select(Workload.Find)] : Workload.All;
            var comparison = new Comparison(
                Side.Ours(), Side.PyTorch(parsed.GetValue(python)!, parsed.GetValue(script)!), parsed.GetValue(rounds), parsed.GetValue(steps), output);
            var record = new ComparisonRecord(date, Versions.Machine(), load, parsed.GetValue(note)!, comparison.Run(chosen));
            return Report(record, parsed.GetValue(records)!, output, parsed.InvocationConfiguration.Error);
        });
        return command;
    }

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
