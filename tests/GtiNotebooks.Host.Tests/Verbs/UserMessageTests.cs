using System.Reflection;
using System.Runtime.InteropServices;

namespace GtiNotebooks.Host.Tests.Verbs;

public sealed class UserMessageTests
{
    [Fact]
    public void The_users_mistake_is_its_message() =>
        Assert.Equal("gti: items.jsonl:3: no title", UserMessage.Of(new InvalidDataException("items.jsonl:3:\n no title\n")));

    [Fact]
    public void Anything_else_names_its_type_and_how_to_see_more() =>
        Assert.Equal("gti: NotSupportedException: no such thing (--verbose shows where)", UserMessage.Of(new NotSupportedException("no such thing")));

    [Fact]
    public void LibTorchs_stack_is_left_out() =>
        Assert.Equal("gti: ExternalException: no memory (--verbose shows where)", UserMessage.Of(new ExternalException("no memory\nException raised from alloc_cpu")));

    [Fact]
    public void The_cause_is_what_counts() => Assert.Equal(
        "gti: no file",
        UserMessage.Of(new AggregateException(new TargetInvocationException(new TypeInitializationException("X", new FileNotFoundException("no file"))))));
}
