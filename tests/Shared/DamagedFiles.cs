using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace GtiNotebooks.Testing;

/// <summary>
/// Gives a reader files that are damaged in every way, and checks what it does: a value or one of the exceptions it documents, within two seconds
/// of processor time, without taking memory that the file does not account for.
/// </summary>
internal static class DamagedFiles
{
    private const int MostSeconds = 2;
    private const int HangsAfterSeconds = 60;
    private const int MostDamages = 4;
    private const int AllocationsForEachByte = 4;
    private const long AlwaysAllocated = 8 << 20;

    /// <summary>Damages samples many times, always in the same ways.</summary>
    /// <param name="format">What is read, for counts and messages.</param>
    /// <param name="path">The file that the reader reads.</param>
    /// <param name="samples">Contents that it reads without complaint.</param>
    /// <param name="read">Reads the file, and disposes what it gets. May check that nothing was left behind.</param>
    /// <param name="ordinarily">How many inputs; ten times as many in a long run.</param>
    /// <param name="isDocumented">Whether the reader's documentation names an exception; InvalidDataException and IOException always are.</param>
    public static void Try(
        string format, string path, IReadOnlyList<byte[]> samples, Action<string> read, int ordinarily = 2000, Func<Exception, bool>? isDocumented = null)
    {
        foreach (var sample in samples)
        {
            File.WriteAllBytes(path, sample);
            read(path); // what is whole must be readable; and after this nothing is compiled anew
        }

        var tried = 0;
        var since = Stopwatch.GetTimestamp();
        var all = Task.Factory.StartNew(
            () => Prop.ForAll(Cases(samples.Count), sample =>
            {
                Volatile.Write(ref since, Stopwatch.GetTimestamp());
                TryOne(path, sample.Damages.Aggregate(samples[sample.Sample], (bytes, damage) => damage.Apply(bytes)), read, isDocumented);
                tried++;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(ordinarily, 10 * ordinarily)).WithReplay(20UL, 21UL)),
            TaskCreationOptions.LongRunning);
        while (!all.Wait(TimeSpan.FromSeconds(1)))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref since)).TotalSeconds > HangsAfterSeconds)
                Assert.Fail($"{format}: hangs on {Saved(path)}");
        }

        LongRun.Count($"inputs tried: {format}", tried);
    }

    /// <summary>Whether an exception says that a file is wrong or missing.</summary>
    public static bool IsOfFile(Exception exception) => exception is InvalidDataException or IOException;

    private static void TryOne(string path, byte[] bytes, Action<string> read, Func<Exception, bool>? isDocumented)
    {
        File.WriteAllBytes(path, bytes);
        var (seconds, allocated) = Measure(path, read, isDocumented);
        if (seconds > MostSeconds)
            Assert.Fail($"took {seconds:0.0} s of processor time to read {Saved(path)}");
        if (allocated > AlwaysAllocated + AllocationsForEachByte * (long)bytes.Length)
            Assert.Fail($"allocated {allocated:N0} bytes for a file of {bytes.Length:N0}: {Saved(path)}");
    }

    private static (double Seconds, long Allocated) Measure(string path, Action<string> read, Func<Exception, bool>? isDocumented)
    {
        // Processor time: other work on the machine may stop this for seconds.
        var (start, before) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        try
        {
            read(path);
        }
        catch (Exception e) when (IsOfFile(e) || isDocumented?.Invoke(e) == true)
        {
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{e.GetType().Name} ({e.Message}) on {Saved(path)}\n{e.StackTrace}");
        }

        return ((Environment.CpuUsage.TotalTime - start).TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>A copy that stays, to become a test of its own.</summary>
    private static string Saved(string path)
    {
        var copy = Path.Combine(Path.GetTempPath(), $"gti-damaged-{Guid.NewGuid():N}{Path.GetExtension(path)}");
        File.Copy(path, copy);
        return copy;
    }

    private sealed record Case(int Sample, Damage[] Damages);

    private static Arbitrary<Case> Cases(int samples)
    {
        var damage = from kind in Gen.Choose(0, Damage.Kinds - 1)
                     from at in Gen.Choose(0, Damage.Millionths)
                     from length in Gen.Choose(0, Damage.MostBytes)
                     from word in Gen.Choose(0, 1 << 16)
                     select new Damage(kind, at, length, word);
        var cases = from sample in Gen.Choose(0, samples - 1)
                    from damages in Gen.Choose(1, MostDamages).SelectMany(count => Gen.ArrayOf(damage, count))
                    select new Case(sample, damages);
        return Arb.From(cases, Smaller);
    }

    // One damage fewer, as long as there is another.
    private static IEnumerable<Case> Smaller(Case one) => one.Damages.Length == 1
        ? []
        : one.Damages.Select((_, left) => one with { Damages = [.. one.Damages.Where((_, i) => i != left)] });
}
