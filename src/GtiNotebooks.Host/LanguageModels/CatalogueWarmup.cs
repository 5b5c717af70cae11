using GtiNotebooks.Diagnostics;

namespace GtiNotebooks.Host.LanguageModels;

/// <summary>What domain warm-up adds on one catalogue.</summary>
/// <param name="Catalogue">Name of the catalogue's folder.</param>
/// <param name="Effect">Bits per byte before and after.</param>
public sealed record CatalogueWarmup(string Catalogue, DomainWarmupEffect Effect);
