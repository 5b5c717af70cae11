namespace GtiNotebooks.Data;

/// <summary>
/// Keeps a second process out of what a first one is writing. The operating system takes the lock back when its holder ends, however it ends; the
/// empty file stays, because removing it would let two others hold two locks of one name.
/// </summary>
/// <remarks>Locks are those of the machine: two machines on one network folder may not see each other's.</remarks>
public sealed class FileLock : IDisposable
{
    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock, or throws at once.</summary>
    /// <param name="path">The lock's file; made, with its folder, where it is missing.</param>
    /// <param name="whenTaken">What to tell where another process has it.</param>
    /// <returns>The lock; disposing it gives it back.</returns>
    /// <exception cref="IOException">Another process, or this one, has it, or the file cannot be made; the message begins with <paramref name="whenTaken"/>.</exception>
    public static FileLock Take(string path, string whenTaken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new IOException($"{whenTaken} ({e.Message})", e);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => stream.Dispose();
}
