using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace GtiNotebooks.Interactive;

/// <summary>Gives Plotly.NET the FSharp.Core that the process has. In a notebook that is the kernel's 10.0.</summary>
/// <remarks>
/// Plotly.NET 6 asks for 10.1. Left alone, the kernel loads that beside its own, which the libraries below Plotly.NET still get, and no chart can be
/// made because the types of the two differ.
/// </remarks>
internal static class FSharpCore
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must happen before the first use of Plotly.NET, which may be in the user's code.")]
    internal static void UseLoaded() => AssemblyLoadContext.Default.Resolving += static (context, wanted) =>
        // Without a version it is found, or asked for here again and then missing.
        wanted is { Name: "FSharp.Core", Version: not null } ? context.LoadFromAssemblyName(new AssemblyName(wanted.Name)) : null;
}
