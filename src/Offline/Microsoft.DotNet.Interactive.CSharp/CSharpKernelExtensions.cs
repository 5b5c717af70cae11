using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.CSharp;

public static class CSharpKernelExtensions
{
    public static CSharpKernel UseKernelHelpers(this CSharpKernel kernel)
    {
        kernel.DeferCommand(new SubmitCode($"using static {typeof(Kernel).FullName};"));
        return kernel;
    }
}
