using System.Runtime.CompilerServices;
using GtiNotebooks.Torch;

namespace GtiNotebooks.Testing;

internal static class LoadLibTorch
{
    // A test may use torch before it uses a type of the library.
    [ModuleInitializer]
    internal static void Load() => LibTorch.Load();
}
