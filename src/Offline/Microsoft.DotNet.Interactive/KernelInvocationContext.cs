using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

public class KernelInvocationContext : IDisposable
{
    private static readonly AsyncLocal<KernelInvocationContext> Ambient = new();

    internal KernelInvocationContext(Kernel kernel, KernelCommand command, CancellationToken cancellationToken)
    {
        HandlingKernel = kernel;
        Command = command;
        CancellationToken = cancellationToken;
        Result = new(command);
    }

    public static KernelInvocationContext Current => Ambient.Value;

    public CancellationToken CancellationToken { get; }

    public KernelCommand Command { get; }

    public Kernel HandlingKernel { get; }

    public bool IsComplete { get; private set; }

    public KernelCommandResult Result { get; }

    public void Publish(KernelEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        // Work that a cell left behind has nowhere to show its output.
        if (IsComplete)
            return;
        Result.Add(@event);
        HandlingKernel.Raise(@event);
    }

    public void Complete(KernelCommand command)
    {
        Publish(new CommandSucceeded(command));
        IsComplete = true;
    }

    public void Fail(KernelCommand command, Exception exception = null, string message = null)
    {
        Publish(new CommandFailed(exception, command, message));
        IsComplete = true;
    }

    public void Dispose() => Ambient.Value = null;

    internal void Enter() => Ambient.Value = this;

    internal void Display(DisplayedValue displayed) => Publish(displayed.IsUpdated
        ? new DisplayedValueUpdated(displayed.Value, displayed.DisplayId, Command, displayed.FormattedValues)
        : new DisplayedValueProduced(displayed.Value, Command, displayed.FormattedValues, displayed.DisplayId));
}

public static class KernelInvocationContextExtensions
{
    public static DisplayedValue Display(this KernelInvocationContext context, object value, params string[] mimeTypes)
    {
        var displayed = new DisplayedValue(value, FormattedValue.CreateManyFromObject(value, mimeTypes));
        context.Display(displayed);
        return displayed;
    }

    public static DisplayedValue DisplayAs(this KernelInvocationContext context, string value, string mimeType)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        var displayed = new DisplayedValue(value, [new(mimeType, value)]);
        context.Display(displayed);
        return displayed;
    }
}
