using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host.Tests.Notebooks;

public sealed class CourseClockTests
{
    [Theory]
    [InlineData(0, 0.0, ", about 10 min left")] // nothing is done: as saved
    [InlineData(2, 1.0, ", less than a minute left")]
    public void Estimates_by_what_was_saved(int notebook, double share, string expected) =>
        Assert.Equal(expected, new CourseClock([60, 240, 300]).Left(notebook, share));

    [Fact]
    public void Estimates_nothing_where_a_notebook_does_not_say() => Assert.Equal("", new CourseClock([60, 0]).Left(0, 0.5));
}
