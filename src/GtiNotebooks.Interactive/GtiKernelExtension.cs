using Microsoft.DotNet.Interactive;

namespace GtiNotebooks.Interactive;

/// <summary>
/// Prepares a .NET Interactive kernel for charts without a network. A notebook that takes this library as a package (<c>#r "nuget: GtiNotebooks.Interactive"</c>)
/// needs no setup call: the package's <c>extension.dib</c> runs this. One that names the dll itself calls <see cref="Notebook.Start"/>, because the kernel loads
/// extensions of packages only.
/// </summary>
public sealed class GtiKernelExtension : IKernelExtension
{
    /// <summary>Does what <see cref="Notebook.Start"/> does, and shows its result where a cell is running.</summary>
    /// <param name="kernel">The kernel that loads the extension. Formatters belong to its process, so nothing of it is changed.</param>
    /// <returns>A task that is done.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> is null.</exception>
    public Task OnLoadAsync(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        var start = Notebook.Start();
        KernelInvocationContext.Current?.Display(start);
        return Task.CompletedTask;
    }
}
