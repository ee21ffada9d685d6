using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>A recruiting desk: candidates, interviews that cannot collide, and calls.</summary>
public sealed class RecruitingModule : IModule
{
    internal const string ModuleKey = "recruiting";

    public string Key => ModuleKey;

    public string Name => "Recruiting";

    public string Description => "Candidates through their stages, interviews without double bookings, and a call log.";

    public IReadOnlyList<Page> Pages => RecruitingPages.All;

    public IReadOnlyList<Role> Roles => RecruitingPages.Roles;

    public IReadOnlyList<NotificationKind> NotificationKinds => RecruitingNotifications.All;

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<IDueWork, InterviewReminders>();
        services.AddSingleton<IDueWork, CallsToReturn>();
        services.AddTenantSettings<RecruitingSettings>(ModuleKey);
        services.AddSingleton<IUserDeparture, RecruitingDeparture>();
        services.AddSingleton<IDemoTenant, Brightdesk>();
    }

    public void MapEndpoints(RouteGroupBuilder module)
    {
        Dashboard.Map(module);
    }
}
