namespace GtiNotebooks.Vocabulary;

/// <summary>The initialisers by name, with their usual options. Any of them may be followed by the grounding stage.</summary>
public static class TokenInitialisers
{
    private static readonly (string Name, Func<InitialiserInputs, ITokenInitialiser> Create)[] Known =
    [
        ("mean", _ => new MeanInitialiser()),
        ("mean-covariance", _ => new MeanCovarianceInitialiser()),
        ("mean-noise", _ => new MeanNoiseInitialiser()),
        ("random", _ => new RandomInitialiser()),
        ("description-mean", inputs => new DescriptionMeanInitialiser(inputs)),
        ("keyword-mean", inputs => KeywordMeanInitialiser.FromCatalogue(inputs)),
        (CodebookProjection, inputs => new CodebookProjectionInitialiser(inputs)),
    ];

    /// <summary>The name of <see cref="CodebookProjectionInitialiser"/>, the one that needs a vector for every code.</summary>
    public const string CodebookProjection = "codebook-projection";

    /// <summary>All names, in the order of tables.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(initialiser => initialiser.Name)];

    /// <summary>Makes one.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="inputs">What it may know of the new tokens.</param>
    /// <exception cref="ArgumentException">There is no such name, or the initialiser cannot do with the inputs.</exception>
    public static ITokenInitialiser Create(string name, InitialiserInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var create = Known.FirstOrDefault(initialiser => initialiser.Name == name).Create
            ?? throw new ArgumentException($"There is no initialiser \"{name}\"; there are {string.Join(", ", Names)}", nameof(name));
        return create(inputs);
    }

    /// <summary>Makes all; the codebook projection only where every level has a codebook.</summary>
    /// <param name="inputs">What they may know of the new tokens.</param>
    /// <exception cref="ArgumentException">An initialiser cannot do with the inputs.</exception>
    public static IReadOnlyList<ITokenInitialiser> All(InitialiserInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [.. Names.Where(name => name != CodebookProjection || inputs.Codebooks.Count >= inputs.Ids.Levels).Select(name => Create(name, inputs))];
    }
}
