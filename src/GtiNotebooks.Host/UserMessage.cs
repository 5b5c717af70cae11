using System.Reflection;
using System.Runtime.InteropServices;
using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host;

/// <summary>What a user reads about an exception: one line, no stack trace.</summary>
public static class UserMessage
{
    /// <summary>Describes an exception in one line.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <returns>
    /// The message alone where the input is to blame (<see cref="InvalidDataException"/>, <see cref="IOException"/>,
    /// <see cref="ArgumentException"/>, <see cref="UnauthorizedAccessException"/>, <see cref="InvalidOperationException"/>, <see cref="NotebookFailedException"/>);
    /// otherwise also the exception's type and a pointer to <c>--verbose</c>, because then the fault may be ours.
    /// </returns>
    public static string Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        exception = CauseOf(exception);
        // LibTorch's message goes on with the stack of its C++ code.
        var text = exception is ExternalException ? exception.Message.Split('\n')[0] : exception.Message;
        var message = string.Join(' ', text.Split('\n', '\r').Select(line => line.Trim()).Where(line => line.Length > 0));
        return exception is InvalidDataException or IOException or ArgumentException or UnauthorizedAccessException
            or InvalidOperationException or NotebookFailedException
            ? $"gti: {message}"
            : $"gti: {exception.GetType().Name}: {message} (--verbose shows where)";
    }

    /// <summary>The exception that says what happened, where another only wraps it.</summary>
    internal static Exception CauseOf(Exception exception)
    {
        while (exception is AggregateException or TypeInitializationException or TargetInvocationException && exception.InnerException is { } inner)
            exception = inner;
        return exception;
    }
}
