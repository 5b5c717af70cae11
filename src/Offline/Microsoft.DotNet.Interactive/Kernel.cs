using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

public abstract class Kernel : IDisposable
{
    private readonly EventSource events = new();
    private readonly Queue<KernelCommand> deferred = new();
    private readonly SemaphoreSlim oneAtATime = new(1);

    protected Kernel(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    public static Kernel Current => KernelInvocationContext.Current?.HandlingKernel;

    public string Name { get; }

    public IObservable<KernelEvent> KernelEvents => events;

    public static DisplayedValue display(object value, params string[] mimeTypes) => value.Display(mimeTypes);

    public static IHtmlContent HTML(string content) => content.ToHtmlContent();

    public static void Javascript(string scriptContent) =>
        $"<script type=\"text/javascript\">{scriptContent}</script>".DisplayAs(HtmlFormatter.MimeType);

    public static void CSS(string content) => $"<style>{content}</style>".DisplayAs(HtmlFormatter.MimeType);

    public void DeferCommand(KernelCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        deferred.Enqueue(command);
    }

    public async Task<KernelCommandResult> SendAsync(KernelCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            while (deferred.TryDequeue(out var earlier))
                await ExecuteAsync(earlier, cancellationToken);
            return await ExecuteAsync(command, cancellationToken);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose()
    {
        events.Complete();
        GC.SuppressFinalize(this);
    }

    internal void Raise(KernelEvent happened) => events.Publish(happened);

    // Runs the command in the context that is already ambient; completes or fails it.
    internal abstract Task HandleAsync(KernelCommand command, KernelInvocationContext context);

    private async Task<KernelCommandResult> ExecuteAsync(KernelCommand command, CancellationToken cancellationToken)
    {
        var context = new KernelInvocationContext(this, command, cancellationToken);
        using var console = CapturedConsole.Redirect(context);
        try
        {
            await Task.Run(() => RunInside(command, context), CancellationToken.None).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The cell's code cannot be stopped from outside; it is left behind.
            context.Fail(command, message: "Command cancelled.");
        }
        return context.Result;
    }

    private async Task RunInside(KernelCommand command, KernelInvocationContext context)
    {
        context.Enter();
        await HandleAsync(command, context);
    }
}

public static class KernelExtensions
{
    public static Task<KernelCommandResult> SubmitCodeAsync(this Kernel kernel, string code)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel.SendAsync(new SubmitCode(code), CancellationToken.None);
    }
}
