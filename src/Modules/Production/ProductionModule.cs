using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary>A film and audio school's productions: projects with their dates, the students who make them, and the work in between.</summary>
public sealed class ProductionModule : IModule
{
    internal const string ModuleKey = "production";

    public string Key => ModuleKey;

    public string Name => "Production";

    public string Description => "Student films and recordings from idea to delivery: dates, crews, tasks, schedules and budgets.";

    public IReadOnlyList<Page> Pages => ProductionPages.All;

    public IReadOnlyList<Role> Roles => ProductionPages.Roles;

    public IReadOnlyList<NotificationKind> NotificationKinds => [TaskNotices.Assigned];

    public void AddServices(IServiceCollection services)
    {
        services.AddTenantSettings<ProductionSettings>(ModuleKey);
        services.AddSingleton<ITenantStart, StandardLists>();
        services.AddSingleton<IUserDeparture, ProductionDeparture>();
        services.AddSingleton<IDemoTenant, Northlight>();
    }

    public void MapEndpoints(RouteGroupBuilder module)
    {
        Dashboard.Map(module);
        var schedule = module.MapGroup("/schedule").WithTags("schedule");
        Timeline.Map(schedule);
        ProductionCalendar.Map(schedule);
        CalendarFeeds.Map(module);
    }
}
