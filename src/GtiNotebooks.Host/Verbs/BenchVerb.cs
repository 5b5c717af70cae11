using System.CommandLine;
using System.Globalization;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>bench</c>: times the library beside plain PyTorch on the same work. The program under <c>bench</c> does it; this builds and starts that.</summary>
public static class BenchVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var python = new Option<string?>("--python") { Description = "Python interpreter with PyTorch (default: the system's python3).", HelpName = "PATH" };
        var tasks = new Option<string[]>("--tasks")
        {
            Description = "Only these of grounding, grounding-fresh, sft, beam, rqvae (default: all).", HelpName = "TASK", AllowMultipleArgumentsPerToken = true,
        };
        var rounds = new Option<int>("--rounds") { Description = "Turns of both sides.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var steps = new Option<int?>("--steps") { Description = "Timed steps of every task (default: each task's own number).", HelpName = "N" };
        var note = new Option<string?>("--note") { Description = "Goes into the record, such as other work on the machine.", HelpName = "TEXT" };
        var records = new Option<string?>("--out") { Description = "Folder of the record (default: bench/records of this checkout).", HelpName = "DIR" };
        var command = new Command("bench", "Time the library beside plain PyTorch, one thread each; fails where the two did not do the same work.")
        {
            python, tasks, rounds, steps, note, records,
            Alone("growth", "Measure how costs grow with items, new tokens and the length of histories; some minutes."),
            Alone("readers", "Measure the readers of data, the tokenizer and the trie: rates and memory."),
            Alone("diagnostics", "Measure the diagnostics of 24,576 rows of width 1,024: seconds and memory."),
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var repository = Repository.Find();
            List<string> arguments =
            [
                "compare", "--script", Path.Combine(repository.Bench, "torch_bench.py"),
                "--records", parsed.GetValue(records) ?? Path.Combine(repository.Bench, "records"),
                "--rounds", parsed.GetValue(rounds).ToString(CultureInfo.InvariantCulture),
            ];
            if (parsed.GetValue(python) is { } interpreter)
                arguments.AddRange(["--python", interpreter]);
            if (parsed.GetValue(steps) is { } count)
                arguments.AddRange(["--steps", count.ToString(CultureInfo.InvariantCulture)]);
            if (parsed.GetValue(note) is { } text)
                arguments.AddRange(["--note", text]);
            if (parsed.GetValue(tasks) is { Length: > 0 } named)
                arguments.AddRange(["--tasks", .. named]);
            return await RunAsync(repository, arguments, cancellation);
        });
        return command;
    }

    /// <summary>A verb of the program that needs no PyTorch.</summary>
    private static Command Alone(string verb, string description)
    {
        var note = new Option<string?>("--note") { Description = "Goes into the record, such as other work on the machine.", HelpName = "TEXT" };
        var records = new Option<string?>("--out") { Description = "Folder of the record (default: bench/records of this checkout).", HelpName = "DIR" };
        var command = new Command(verb, description) { note, records };
        command.SetAction(async (parsed, cancellation) =>
        {
            var repository = Repository.Find();
            List<string> arguments = [verb, "--records", parsed.GetValue(records) ?? Path.Combine(repository.Bench, "records")];
            if (parsed.GetValue(note) is { } text)
                arguments.AddRange(["--note", text]);
            return await RunAsync(repository, arguments, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Repository repository, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var program = Path.Combine(repository.Root, "artifacts", "bench");
        var built = await ChildProcess.RunAsync(
            ChildProcess.Dotnet,
            ["publish", Path.Combine(repository.Bench, "GtiNotebooks.Bench"), "-c", "Release", "-o", program, "--nologo", "-v", "quiet"],
            repository.Root, cancellation);
        if (built != 0)
            throw new IOException($"the benchmark could not be built (dotnet publish ended with {built})");
        return await ChildProcess.RunAsync(
            ChildProcess.Dotnet, [Path.Combine(program, "GtiNotebooks.Bench.dll"), .. arguments], repository.Root, cancellation);
    }
}
