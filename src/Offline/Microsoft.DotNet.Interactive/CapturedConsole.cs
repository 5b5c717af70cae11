using System.Text;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

// Sends what a command writes to the console to its context as events. What others write meanwhile goes where it always went.
internal sealed class CapturedConsole : IDisposable
{
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter error = Console.Error;

    private CapturedConsole(KernelInvocationContext context)
    {
        Console.SetOut(new Writer(output, context, formatted => new StandardOutputValueProduced(context.Command, formatted)));
        Console.SetError(new Writer(error, context, formatted => new StandardErrorValueProduced(context.Command, formatted)));
    }

    public static CapturedConsole Redirect(KernelInvocationContext context) => new(context);

    public void Dispose()
    {
        Console.SetOut(output);
        Console.SetError(error);
    }

    private sealed class Writer(TextWriter otherwise, KernelInvocationContext context, Func<IReadOnlyList<FormattedValue>, KernelEvent> asEvent)
        : TextWriter
    {
        public override Encoding Encoding => otherwise.Encoding;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine(string value) => Write(value + NewLine);

        public override void Write(string value)
        {
            if (!ReferenceEquals(KernelInvocationContext.Current, context))
                otherwise.Write(value);
            else if (!string.IsNullOrEmpty(value))
                context.Publish(asEvent([new(PlainTextFormatter.MimeType, value)]));
        }

        public override void Flush() => otherwise.Flush();
    }
}
