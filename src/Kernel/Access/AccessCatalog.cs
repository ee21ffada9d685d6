using Tessera.Kernel.Web;

namespace Tessera.Kernel.Access;

/// <summary>The pages and roles a tenant has, from the modules it switched on.</summary>
public sealed class AccessCatalog(IEnumerable<IModule> modules)
{
    private readonly IReadOnlyList<IModule> _modules = [.. modules];

    public IReadOnlyList<IModule> Modules => _modules;

    /// <summary>Kernel pages first, then each module's, in the modules' order.</summary>
    public IReadOnlyList<(Page Page, string? Module)> PagesOf(IReadOnlyCollection<string> tenantModules) =>
    [
        .. KernelPages.All.Select(page => (page, (string?)null)),
        .. _modules.Where(m => tenantModules.Contains(m.Key)).SelectMany(m => m.Pages.Select(page => (page, (string?)m.Key))).DistinctBy(p => p.page.Key, StringComparer.Ordinal),
    ];

    /// <summary>The admin role and the roles of the tenant's modules; modules that share a role key add their pages to it.</summary>
    public IReadOnlyList<Role> RolesOf(IReadOnlyCollection<string> tenantModules)
    {
        var pages = PagesOf(tenantModules);
        var admin = new Role(Role.Admin, "Admin", pages.Select(p => p.Page).Concat(KernelPages.OfAdministrators).DistinctBy(p => p.Key, StringComparer.Ordinal).ToDictionary(p => p.Key, _ => Level.Write, StringComparer.Ordinal));
        return
        [
            admin,
            .. _modules.Where(m => tenantModules.Contains(m.Key)).SelectMany(m => m.Roles).Where(r => r.Key != Role.Admin)
                .GroupBy(r => r.Key, StringComparer.Ordinal)
                .Select(same => same.First() with
                {
                    Defaults = same.SelectMany(r => r.Defaults).GroupBy(d => d.Key, StringComparer.Ordinal)
                        .ToDictionary(d => d.Key, d => d.Max(level => level.Value), StringComparer.Ordinal),
                    OwnRowsOnly = same.Any(r => r.OwnRowsOnly),
                }),
        ];
    }

    public Role? RoleOf(IReadOnlyCollection<string> tenantModules, string key) => RolesOf(tenantModules).FirstOrDefault(r => r.Key == key);
}
