using Tessera.Kernel.Database;

namespace Tessera.Kernel.Tenancy;

/// <summary>What a module gives a new tenant to start with: lists that every school, office or desk needs and changes as it likes.</summary>
public interface ITenantStart
{
    /// <summary>The module's key; a tenant without it gets nothing.</summary>
    string Module { get; }

    /// <summary>Adds the records; they are saved with the tenant itself.</summary>
    void Begin(PlatformDb db);
}
