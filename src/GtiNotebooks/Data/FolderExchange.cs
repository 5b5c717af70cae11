using System.Runtime.InteropServices;

namespace GtiNotebooks.Data;

/// <summary>
/// Lets two folders of one file system change names in one step, where the operating system can: Linux (renameat2 with RENAME_EXCHANGE) and macOS
/// (renamex_np with RENAME_SWAP). A process that is killed leaves either the old or the new one under the name, never none.
/// </summary>
internal static class FolderExchange
{
    private const int HereOnLinux = -100; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE, and RENAME_SWAP too

    /// <summary>Tries it.</summary>
    /// <returns>Whether it was done; if not (Windows, an old kernel, some network file systems), nothing has changed.</returns>
    public static bool TrySwap(string one, string other)
    {
        try
        {
            return (OperatingSystem.IsLinux() && RenameOnLinux(HereOnLinux, one, HereOnLinux, other, Exchange) == 0)
                || (OperatingSystem.IsMacOS() && RenameOnMac(one, other, Exchange) == 0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "renameat2")]
    private static extern int RenameOnLinux(
        int fromFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string from, int toFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string to, uint flags);

    [DllImport("libc", EntryPoint = "renamex_np")]
    private static extern int RenameOnMac([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to, uint flags);
}
