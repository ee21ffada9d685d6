import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { bringIntoSight } from '../inSight';

export interface TabItem {
  id: string;
  name: string;
  content: ReactNode;
}

/** Parts of one thing, one at a time, under a line of names. */
export function TabSet(props: {
  label: string;
  tabs: readonly TabItem[];
  chosen: string;
  onChoose: (id: string) => void;
}) {
  return (
    <Tabs
      className="tab-set"
      selectedKey={props.tabs.some(tab => tab.id === props.chosen) ? props.chosen : props.tabs[0]?.id}
      onSelectionChange={key => props.onChoose(String(key))}
    >
      <TabList aria-label={props.label} className="tab-set__list">
        {props.tabs.map(tab => (
          <Tab
            key={tab.id}
            id={tab.id}
            className="tab-set__tab"
            {...(tab.id === props.chosen ? { ref: bringIntoSight } : {})}
          >
            {tab.name}
          </Tab>
        ))}
      </TabList>
      {props.tabs.map(tab => (
        <TabPanel key={tab.id} id={tab.id} className="tab-set__panel">
          {tab.content}
        </TabPanel>
      ))}
    </Tabs>
  );
}
