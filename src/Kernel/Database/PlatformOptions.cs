using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Tessera.Kernel.Database;

/// <summary>Where a module keeps its tables: every tenant record of the assembly lies in the schema.</summary>
public sealed record ModuleTables(string Schema, Assembly Assembly);

/// <summary>Carries what <see cref="PlatformDb"/> needs beside EF's own options: a pooled context gets nothing else.</summary>
public sealed class PlatformOptions(IReadOnlyList<ModuleTables> modules, TimeProvider clock) : IDbContextOptionsExtension
{
    private ExtensionInfo? _info;

    public IReadOnlyList<ModuleTables> Modules { get; } = modules;

    public TimeProvider Clock { get; } = clock;

    public DbContextOptionsExtensionInfo Info => _info ??= new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services)
    {
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(PlatformOptions extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "platform ";

        // One service provider per set of modules, so that one process can hold models of different module sets (tests do).
        public override int GetServiceProviderHashCode() =>
            extension.Modules.Aggregate(0, (hash, module) => HashCode.Combine(hash, module.Assembly));

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is ExtensionInfo info && ((PlatformOptions)info.Extension).Modules.SequenceEqual(extension.Modules);

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
        }
    }
}

internal static class PlatformOptionsAccess
{
    public static PlatformOptions GetPlatformOptions(this DbContext db) =>
        db.GetService<IDbContextOptions>().FindExtension<PlatformOptions>()
        ?? throw new InvalidOperationException("PlatformDb was built without its module list.");
}
