using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Studies;

/// <summary>One way to bring new tokens into a model.</summary>
/// <param name="Name">Its name on the command line and in tables.</param>
/// <param name="Initialiser">First values of the new rows.</param>
/// <param name="IsGrounded">Whether the grounding stage follows before fine-tuning.</param>
public sealed record StudyMethod(string Name, ITokenInitialiser Initialiser, bool IsGrounded)
{
    /// <summary>The methods that are known: mean, random, and gti (mean, then grounded).</summary>
    public static IReadOnlyList<StudyMethod> All { get; } =
    [
        new("mean", new MeanInitialiser(), IsGrounded: false),
        new("random", new RandomInitialiser(), IsGrounded: false),
        new("gti", new MeanInitialiser(), IsGrounded: true),
    ];

    /// <summary>Finds a method.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such method; the message lists those there are.</exception>
    public static StudyMethod Find(string name) => All.FirstOrDefault(m => m.Name == name)
        ?? throw new ArgumentException($"There is no method '{name}'; known are {string.Join(", ", All.Select(m => m.Name))}");
}
