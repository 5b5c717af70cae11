using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.CSharp;

public class CSharpKernel : Kernel
{
    private ScriptOptions options = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .AddImports("System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq")
        .AddReferences(
            typeof(Enumerable).Assembly, typeof(IEnumerable<>).Assembly, typeof(Task<>).Assembly,
            typeof(Kernel).Assembly, typeof(CSharpKernel).Assembly, typeof(PocketView).Assembly)
        // With debug information a stack trace names the cell's line.
        .WithEmitDebugInformation(true)
        .WithFileEncoding(Encoding.UTF8);

    private string folder;

    public CSharpKernel() : this("csharp")
    {
    }

    public CSharpKernel(string name) : base(name)
    {
    }

    public ScriptState ScriptState { get; private set; }

    public bool TryGetValue<T>(string name, out T value)
    {
        var variable = ScriptState?.Variables.LastOrDefault(v => v.Name == name);
        value = variable is null ? default : (T)variable.Value;
        return variable is not null;
    }

    internal override async Task HandleAsync(KernelCommand command, KernelInvocationContext context)
    {
        if (command is not SubmitCode submission)
            throw new NotSupportedException($"{GetType().Name} does not handle {command.GetType().Name}.");
        try
        {
            var exception = await RunAsync(submission.Code, context.CancellationToken);
            if (exception is not null)
            {
                context.Fail(command, exception);
                return;
            }
            if (HasReturnValue(ScriptState.Script))
                context.Publish(ReturnValue(submission));
            context.Complete(command);
        }
        catch (CompilationErrorException e)
        {
            context.Fail(command, new CodeSubmissionCompilationErrorException(e), string.Join(Environment.NewLine, e.Diagnostics));
        }
        catch (Exception e)
        {
            context.Fail(command, e);
        }
    }

    // The exception that the cell's own code threw, or null.
    private async Task<Exception> RunAsync(string code, CancellationToken cancellationToken)
    {
        UseCurrentFolder();
        ScriptState = ScriptState is null
            ? await CSharpScript.Create(code, options).RunAsync(catchException: _ => true, cancellationToken: cancellationToken)
            : await ScriptState.ContinueWithAsync(code, options, catchException: _ => true, cancellationToken: cancellationToken);
        return ScriptState.Exception;
    }

    // Relative paths in #r and #load start at the current folder, which a cell may change.
    private void UseCurrentFolder()
    {
        var current = Directory.GetCurrentDirectory();
        if (current == folder)
            return;
        folder = current;
        options = options
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder));
    }

    private ReturnValueProduced ReturnValue(SubmitCode submission)
    {
        IReadOnlyList<FormattedValue> formatted = ScriptState.ReturnValue switch
        {
            FormattedValue one => [one],
            IEnumerable<FormattedValue> many => [.. many],
            var value => FormattedValue.CreateManyFromObject(value),
        };
        return new(ScriptState.ReturnValue, submission, formatted);
    }

    // A cell's value is a last expression without a semicolon.
    private static bool HasReturnValue(Script script)
    {
        var compilation = script.GetCompilation();
        var tree = compilation.SyntaxTrees.Last();
        var last = ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault();
        return last is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement }
            && compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).Type is not { SpecialType: SpecialType.System_Void };
    }
}
