using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>States of generators as text.</summary>
internal static class GeneratorStates
{
    /// <summary>The state, base 64.</summary>
    public static string Save(Generator generator)
    {
        using var state = generator.get_state();
        return Convert.ToBase64String(state.bytes);
    }

    /// <summary>Sets the state.</summary>
    /// <exception cref="FormatException">No base 64, or not the state of such a generator; this one is as it was.</exception>
    public static void Restore(Generator generator, string saved)
    {
        var bytes = Convert.FromBase64String(saved);
        using var state = generator.get_state();
        if (state.numel() != bytes.Length)
            throw new FormatException($"the state has {bytes.Length} bytes, but this generator's has {state.numel()}");
        bytes.CopyTo(state.bytes);
        try
        {
            generator.set_state(state);
        }
        catch (ExternalException e) // LibTorch looks at what the numbers mean
        {
            throw new FormatException(e.Message, e);
        }
    }
}
