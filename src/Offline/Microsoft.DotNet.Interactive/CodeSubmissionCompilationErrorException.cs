namespace Microsoft.DotNet.Interactive;

public class CodeSubmissionCompilationErrorException : Exception
{
    public CodeSubmissionCompilationErrorException(Exception innerException) : base(innerException.Message, innerException)
    {
    }
}
