using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public class FileLockTests
{
    [Fact]
    public void Is_held_once_and_given_back()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "unfinished", "a.lock");
        using (FileLock.Take(path, "taken"))
            Assert.StartsWith("another run is here (", Assert.Throws<IOException>(() => FileLock.Take(path, "another run is here")).Message);
        FileLock.Take(path, "taken").Dispose();
    }

    [Fact]
    public void Another_trouble_is_not_called_a_holder()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, new string('a', 300)); // longer than a name may be
        Assert.DoesNotContain("taken", Assert.ThrowsAny<IOException>(() => FileLock.Take(path, "taken")).Message);
    }

    /// <summary>Many that want it at once: never two have it.</summary>
    [Fact]
    public void Is_held_by_one_of_many()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.lock");
        int holders = 0, most = 0, taken = 0;
        Parallel.For(0, 200, _ =>
        {
            try
            {
                using var held = FileLock.Take(path, "taken");
                var now = Interlocked.Increment(ref holders);
                InterlockedMax(ref most, now);
                Interlocked.Increment(ref taken);
                Thread.Yield();
                Interlocked.Decrement(ref holders);
            }
            catch (IOException)
            {
            }
        });
        Assert.Equal(1, most);
        Assert.InRange(taken, 1, 200);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
