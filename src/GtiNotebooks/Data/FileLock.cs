namespace GtiNotebooks.Data;

/// <summary>
/// Keeps a second process out of what a first one is writing. The operating system takes the lock back when its holder ends, however it ends; the
/// empty file stays, because removing it would let two others hold two locks of one name.
/// </summary>
/// <remarks>Locks are those of the machine: two machines on one network folder may not see each other's.</remarks>
public sealed class FileLock : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnBsd = 35; // macOS is one

    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock, or throws at once.</summary>
    /// <param name="path">The lock's file; made, with its folder, where it is missing.</param>
    /// <param name="whenTaken">What to tell where another process has it.</param>
    /// <returns>The lock; disposing it gives it back.</returns>
    /// <exception cref="IOException">Another process, or this one, has it: the message begins with <paramref name="whenTaken"/>. Or the file cannot be made,
    /// as on a full disk: the message is the system's and names the file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static FileLock Take(string path, string whenTaken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsTaken(e))
        {
            throw new IOException($"{whenTaken} ({e.Message})", e);
        }
    }

    /// <summary>Whether the file is there and somebody has it: .NET hands on the number that the system gave.</summary>
    private static bool IsTaken(IOException e) => OperatingSystem.IsWindows()
        ? e.HResult is SharingViolation or LockViolation
        : e.HResult == (OperatingSystem.IsLinux() ? WouldBlockOnLinux : WouldBlockOnBsd);

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => stream.Dispose();
}
