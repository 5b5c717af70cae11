using GtiNotebooks.Host.Notebooks;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace GtiNotebooks.Host.Tests.Notebooks;

public sealed class OutputCollectorTests
{
    private readonly SubmitCode command = new("x");

    [Fact]
    public void An_update_under_an_unknown_id_belongs_to_the_display_before_it()
    {
        // What the last kernel does: display(x) announces one id, its handle updates under another.
        var cell = new OutputCollector().StartCell(1);
        cell.Add(new DisplayedValueProduced(null, command, [new("text/plain", "a")], "1"));
        cell.Add(new DisplayedValueProduced(null, command, [new("text/plain", "b")], "2"));
        cell.Add(new DisplayedValueUpdated(null, "other", command, [new("text/plain", "b2")]));
        cell.Add(new DisplayedValueUpdated(null, "1", command, [new("text/plain", "a2")]));
        cell.Add(new DisplayedValueUpdated(null, "other", command, [new("text/plain", "b3")]));

        Assert.Equal(["a2", "b3"], cell.ToList().Select(output => ((DisplayOutput)output).Data["text/plain"]));
    }

    [Fact]
    public void Forms_that_are_not_to_be_shown_are_left_out()
    {
        var cell = new OutputCollector().StartCell(3);
        cell.Add(new ReturnValueProduced(null, command, [new("text/html", "<b>"), new("text/plain", "x") { SuppressDisplay = true }]));

        var result = Assert.IsType<ResultOutput>(Assert.Single(cell.ToList()));
        Assert.Equal(["text/html"], result.Data.Keys);
        Assert.Equal(3, result.ExecutionCount);
    }

    [Fact]
    public void Text_in_pieces_is_one_output_until_something_else_comes()
    {
        var cell = new OutputCollector().StartCell(1);
        foreach (var piece in new[] { "a", "b\r\n" })
            cell.Add(new StandardOutputValueProduced(command, [new("text/plain", piece)]));
        cell.Add(new StandardErrorValueProduced(command, [new("text/plain", "e")]));
        cell.Add(new StandardOutputValueProduced(command, [new("text/plain", "c")]));

        Assert.Equal([new StreamOutput("stdout", "ab\n"), new StreamOutput("stderr", "e"), new StreamOutput("stdout", "c")], cell.ToList());
    }
}
