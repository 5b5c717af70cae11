namespace Microsoft.DotNet.Interactive.Commands;

public class SubmitCode : KernelCommand
{
    public SubmitCode(string code, string targetKernelName = null) : base(targetKernelName) =>
        Code = code ?? throw new ArgumentNullException(nameof(code));

    public string Code { get; }

    public override string ToString() => $"{nameof(SubmitCode)}: {Code}";
}
