import type { CustomerArticle, CustomerService } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { Highlight, ServiceIcon } from 'frontend-shared/ui'
import { ArrowRight, BookOpen } from 'lucide-react'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import classes from './Dashboard.module.css'

interface QuickResultsProps {
  q: string
  articles: CustomerArticle[]
  services: CustomerService[]
}

/** What a search over everything found, by kind. */
export function QuickResults({ q, articles, services }: QuickResultsProps) {
  const t = useT()
  if (articles.length === 0 && services.length === 0) {
    return (
      <section className={classes.results} aria-label={t('dashboard.results')}>
        <p className={classes.none}>{t('dashboard.results_none', { q })}</p>
      </section>
    )
  }
  return (
    <section className={classes.results} aria-label={t('dashboard.results')}>
      {articles.length > 0 && (
        <>
          <p className={classes.group}>{t('help.title')}</p>
          <ul className={classes.list}>
            {articles.map((article) => (
              <li key={article.id}>
                <AppLink to={paths.article(article.slug)} className={classes.hit}>
                  <BookOpen size={20} strokeWidth={1.7} aria-hidden />
                  <span>
                    <span className={classes.hitTitle}>
                      <Highlight segments={article.highlights?.title} fallback={article.title} />
                    </span>
                    <span className={classes.hitText}>
                      <Highlight segments={article.highlights?.snippet} fallback={article.summary} />
                    </span>
                  </span>
                </AppLink>
              </li>
            ))}
            <All to={paths.help({ q })} label={t('dashboard.results_all_articles')} />
          </ul>
        </>
      )}
      {services.length > 0 && (
        <>
          <p className={classes.group}>{t('services.title')}</p>
          <ul className={classes.list}>
            {services.map((service) => (
              <li key={service.id}>
                <AppLink to={paths.service(service.id)} className={classes.hit}>
                  <ServiceIcon name={service.icon} size={30} />
                  <span>
                    <span className={classes.hitTitle}>
                      <Highlight segments={service.highlights?.title} fallback={service.name} />
                    </span>
                    <span className={classes.hitText}>{service.summary}</span>
                  </span>
                </AppLink>
              </li>
            ))}
            <All to={paths.services({ q })} label={t('dashboard.results_all_services')} />
          </ul>
        </>
      )}
    </section>
  )
}

function All({ to, label }: { to: string; label: string }) {
  return (
    <li>
      <AppLink to={to} className={classes.hit}>
        <ArrowRight size={20} strokeWidth={1.7} aria-hidden />
        <span className={classes.hitTitle}>{label}</span>
      </AppLink>
    </li>
  )
}
