namespace Microsoft.DotNet.Interactive.Commands;

public abstract class KernelCommand
{
    protected KernelCommand(string targetKernelName = null) => TargetKernelName = targetKernelName;

    public string TargetKernelName { get; internal set; }
}
