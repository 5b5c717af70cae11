using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>Turns the kernel's events into the outputs that a notebook stores, across the cells of one notebook.</summary>
/// <remarks>
/// Console text that comes in pieces becomes one output, and an update replaces what its display showed, also when a later
/// cell sends it, so the stored notebook keeps the last state.
/// </remarks>
public sealed class OutputCollector
{
    private readonly Dictionary<string, Slot> displays = [];

    /// <summary>Starts a cell's outputs.</summary>
    /// <param name="executionCount">The cell's execution count, 1-based.</param>
    /// <returns>The outputs, to be filled.</returns>
    public CellOutputs StartCell(int executionCount) => new(this, executionCount);

    /// <summary>One output that may be replaced.</summary>
    internal sealed class Slot(CellOutput output)
    {
        public CellOutput Output { get; set; } = output;
    }

    /// <summary>The outputs of one cell.</summary>
    public sealed class CellOutputs
    {
        private readonly OutputCollector notebook;
        private readonly int executionCount;
        private readonly List<Slot> slots = [];
        private Slot? lastDisplay;

        internal CellOutputs(OutputCollector notebook, int executionCount) => (this.notebook, this.executionCount) = (notebook, executionCount);

        /// <summary>The outputs as they stand now.</summary>
        /// <returns>In the order they first appeared.</returns>
        public IReadOnlyList<CellOutput> ToList() => [.. slots.Select(slot => slot.Output)];

        /// <summary>Takes in one event; those that show nothing are ignored.</summary>
        /// <param name="happened">The event.</param>
        public void Add(KernelEvent happened)
        {
            switch (happened)
            {
                case StandardOutputValueProduced text:
                    AddText("stdout", PlainText(text));
                    break;
                case StandardErrorValueProduced text:
                    AddText("stderr", PlainText(text));
                    break;
                case ErrorProduced error:
                    AddText("stderr", error.Message + "\n");
                    break;
                case DisplayedValueProduced display:
                    lastDisplay = AddSlot(new DisplayOutput(DataOf(display)));
                    if (display.ValueId is { } id)
                        notebook.displays[id] = lastDisplay;
                    break;
                case DisplayedValueUpdated update:
                    Update(update);
                    break;
                // display(x) without a semicolon returns its handle, which is nothing to show.
                case ReturnValueProduced result when result.Value is not DisplayedValue:
                    AddSlot(new ResultOutput(DataOf(result), executionCount));
                    break;
            }
        }

        private void Update(DisplayedValueUpdated update)
        {
            // The last kernel's display(x) announces one id and updates under another; the update then belongs to the display before it.
            if (!notebook.displays.TryGetValue(update.ValueId, out var slot) && (slot = lastDisplay) is not null)
                notebook.displays[update.ValueId] = slot;
            if (slot is null)
                notebook.displays[update.ValueId] = AddSlot(new DisplayOutput(DataOf(update)));
            else
                slot.Output = new DisplayOutput(DataOf(update));
        }

        private void AddText(string name, string text)
        {
            if (slots.LastOrDefault() is { Output: StreamOutput last } slot && last.Name == name)
                slot.Output = last with { Text = last.Text + text };
            else
                AddSlot(new StreamOutput(name, text));
        }

        private Slot AddSlot(CellOutput output)
        {
            var slot = new Slot(output);
            slots.Add(slot);
            return slot;
        }

        private static string PlainText(DisplayEvent happened) =>
            string.Concat(happened.FormattedValues.Select(form => form.Value)).ReplaceLineEndings("\n");

        private static Dictionary<string, string> DataOf(DisplayEvent happened) => happened.FormattedValues
            .Where(form => !form.SuppressDisplay)
            .GroupBy(form => form.MimeType)
            .ToDictionary(forms => forms.Key, forms => forms.Last().Value.ReplaceLineEndings("\n"));
    }
}
