namespace GtiNotebooks.Studies;

/// <summary>The pretrained model that a run started from.</summary>
/// <param name="Name">A name for people, such as the folder's.</param>
/// <param name="Sha256">SHA-256 over the files that make the model (configuration, weights, tokenizer), 64 lower-case hex digits.</param>
public sealed record StudyModel(string Name, string Sha256);
